import { Module } from '@nestjs/common';
import { RulesModule } from '../rules/rules.module.js';
import { ExplainController } from './explain.controller.js';
import { RulesController } from './rules.controller.js';

/** What operators ask for and change, all below /admin. */
@Module({ imports: [RulesModule], controllers: [RulesController, ExplainController] })
export class AdminModule {}
