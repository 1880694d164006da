import type {Readable} from 'node:stream';
import {type Instance, render} from 'ink';
import {createElement} from 'react';
import type {Painter} from './core/style.ts';
import type {Program} from './program.ts';
import type {StdoutFilter} from './system/stdout-filter.ts';
import {App} from './ui/app.tsx';
import type {SuspendTerminal} from './ui/input.tsx';

export type DrawOptions = Readonly<{
	program: Program;
	input: Readable;
	output: StdoutFilter;
	painterOf(theme: string): Painter;
	crashed(error: unknown): void;
}>;

/** The program on a terminal. */
export type Drawing = Readonly<{
	/** Every cell anew, whatever another program has left there. */
	redraw(): void;
	/** Lends the terminal while the callback runs. */
	suspend: SuspendTerminal;
	/** Resolves when all frames so far are with the terminal. */
	flushed(): Promise<void>;
	unmount(): void;
}>;

/** Draws the program's frames and hands it the keys, from the first frame on; follows the terminal's size. */
export function draw(options: DrawOptions): Drawing {
	const {program, output, painterOf, crashed} = options;
	const {controller, compose} = program;
	let suspend: SuspendTerminal = async borrow => borrow();
	const lender = (to: SuspendTerminal): void => {
		suspend = to;
	};
	let drawing = 0;
	const app = () => createElement(App, {controller, compose, painterOf, crashed, lender, drawing});
	const instance: Instance = render(app(), {
		stdin: options.input, stdout: output, alternateScreen: true, incrementalRendering: true, maxFps: 30, exitOnCtrlC: false, patchConsole: false, interactive: true,
	});
	const forget = (): void => {
		instance.clear();
		output.write(blankScreen(output.rows));
	};
	output.on('resized', () => {
		forget();
		controller.resize({columns: output.columns, rows: output.rows});
	});
	return {
		redraw() {
			forget();
			drawing++;
			instance.rerender(app());
		},
		suspend: borrow => suspend(borrow),
		flushed: () => instance.waitUntilRenderFlush(),
		unmount: () => instance.unmount(),
	};
}

/** Every row erased for itself, then home: tmux loses what is drawn after an erased display (see StdoutFilter). */
function blankScreen(rows: number): string {
	return `${Array.from({length: rows}, (_none, row) => `\x1b[${row + 1};1H\x1b[2K`).join('')}\x1b[H`;
}
