// Written by bin/indexes.ts.
import type {Command} from '../core/command.ts';
import {aliases} from './aliases.ts';
import {at} from './at.ts';
import {calls} from './calls.ts';
import {contexts} from './contexts.ts';
import {demo} from './demo.ts';
import {exportScreen} from './export-screen.ts';
import {filter} from './filter.ts';
import {freeze} from './freeze.ts';
import {help} from './help.ts';
import {kubeconfig} from './kubeconfig.ts';
import {logs} from './logs.ts';
import {mode} from './mode.ts';
import {namespace} from './namespace.ts';
import {net} from './net.ts';
import {notices} from './notices.ts';
import {overview} from './overview.ts';
import {pipe} from './pipe.ts';
import {quit} from './quit.ts';
import {rec} from './rec.ts';
import {save} from './save.ts';
import {set} from './set.ts';
import {share} from './share.ts';
import {since} from './since.ts';
import {theme} from './theme.ts';
import {top} from './top.ts';
import {tour} from './tour.ts';

// biome-ignore format: one line an entry, so that branches merge
export const commands: readonly Command[] = [
	aliases,
	at,
	calls,
	contexts,
	demo,
	exportScreen,
	filter,
	freeze,
	help,
	kubeconfig,
	logs,
	mode,
	namespace,
	net,
	notices,
	overview,
	pipe,
	quit,
	rec,
	save,
	set,
	share,
	since,
	theme,
	top,
	tour,
];
