import { Module, type DynamicModule } from '@nestjs/common';
import { RulesLoader } from './rules-loader.js';

/** How the rules are loaded when they change. */
@Module({})
export class RulesLoaderModule {
  static with(loader: RulesLoader): DynamicModule {
    return {
      module: RulesLoaderModule,
      global: true,
      providers: [{ provide: RulesLoader, useValue: loader }],
      exports: [RulesLoader],
    };
  }
}
