import { Module, type DynamicModule } from '@nestjs/common';
import { ConfigModule, ConfigService } from '@nestjs/config';
import { ServiceEnvironment, type Environment } from './read-settings.js';
import { Settings } from './settings.js';

/** Gives every module the checked {@link Settings}, and the environment that they were read from. */
@Module({})
export class SettingsModule {
  static with(settings: Settings, environment: Environment): DynamicModule {
    return {
      module: SettingsModule,
      global: true,
      imports: [
        ConfigModule.forRoot({ ignoreEnvFile: true, ignoreEnvVars: true, load: [() => ({ settings })] }),
      ],
      providers: [
        { provide: ServiceEnvironment, useValue: new ServiceEnvironment(environment) },
        {
          provide: Settings,
          inject: [ConfigService],
          useFactory: (config: ConfigService<{ settings: Settings }, true>): Settings =>
            config.get('settings', { infer: true }),
        },
      ],
      exports: [Settings, ServiceEnvironment],
    };
  }
}
