import { Argument, type Command } from 'commander';
import type { CliIo } from './cli-io.js';

const shells = ['bash', 'zsh', 'fish'] as const;
type Shell = (typeof shells)[number];

/** `completion`: prints a script that completes commands and options in a shell. */
export function addCompletion(program: Command, io: CliIo): void {
  program
    .command('completion')
    .summary('print a script that completes commands and options in a shell')
    .addArgument(new Argument('<shell>', 'the shell').choices(shells))
    .addHelpText(
      'after',
      `
Examples:
  $ source <(alert-router completion bash)
  $ source <(alert-router completion zsh)
  $ alert-router completion fish > ~/.config/fish/completions/alert-router.fish`,
    )
    .action((shell: Shell) => io.out(scriptFor(shell, wordsOf(program))));
}

/** The words that may follow a command line so far, by its commands: '' is the program itself. */
type Words = readonly (readonly [command: string, words: readonly string[]])[];

function wordsOf(program: Command): Words {
  const words: [string, readonly string[]][] = [];
  const visit = (command: Command, path: string): void => {
    const names = command.commands.map((child) => child.name());
    const options = command.options.flatMap(({ long }) =>
      long === undefined || long === null ? [] : [long],
    );
    words.push([path, [...names, ...options, '--help']]);
    for (const child of command.commands)
      visit(child, path === '' ? child.name() : `${path} ${child.name()}`);
  };
  visit(program, '');
  return words;
}

function scriptFor(shell: Shell, words: Words): string {
  switch (shell) {
    case 'bash':
      return bashScript(words);
    case 'zsh':
      return `autoload -Uz compinit bashcompinit && compinit -u && bashcompinit\n${bashScript(words)}`;
    case 'fish':
      return fishScript(words);
  }
}

/** Files are completed where no word fits. */
function bashScript(words: Words): string {
  const cases = words.map(([path, following]) => `    '${path}') words='${following.join(' ')}' ;;`);
  return `_alert_router() {
  local path='' word words='' index
  for ((index = 1; index < COMP_CWORD; index++)); do
    word="\${COMP_WORDS[index]}"
    case "$word" in -*) ;; *) path="\${path:+$path }$word" ;; esac
  done
  case "$path" in
${cases.join('\n')}
  esac
  COMPREPLY=($(compgen -W "$words" -- "\${COMP_WORDS[COMP_CWORD]}"))
}
complete -o default -F _alert_router alert-router`;
}

function fishScript(words: Words): string {
  return words
    .flatMap(([path, following]) => {
      const parts = path === '' ? [] : path.split(' ');
      const seen = parts.map((part) => `__fish_seen_subcommand_from ${part}`).join('; and ');
      const condition = path === '' ? '__fish_use_subcommand' : seen;
      return following.map((word) =>
        word.startsWith('--')
          ? `complete -c alert-router -n '${condition}' -l ${word.slice(2)}`
          : `complete -c alert-router -n '${condition}' -a ${word}`,
      );
    })
    .join('\n');
}
