// Written by bin/indexes.ts.
import type {Command} from '../core/command.ts';
import {aliases} from './aliases.ts';
import {calls} from './calls.ts';
import {contexts} from './contexts.ts';
import {demo} from './demo.ts';
import {freeze} from './freeze.ts';
import {help} from './help.ts';
import {kubeconfig} from './kubeconfig.ts';
import {mode} from './mode.ts';
import {namespace} from './namespace.ts';
import {notices} from './notices.ts';
import {overview} from './overview.ts';
import {quit} from './quit.ts';
import {set} from './set.ts';
import {theme} from './theme.ts';

// biome-ignore format: one line an entry, so that branches merge
export const commands: readonly Command[] = [
	aliases,
	calls,
	contexts,
	demo,
	freeze,
	help,
	kubeconfig,
	mode,
	namespace,
	notices,
	overview,
	quit,
	set,
	theme,
];
