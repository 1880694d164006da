import type {Readable} from 'node:stream';
import {type Instance, render} from 'ink';
import {createElement} from 'react';
import type {Painter} from './core/style.ts';
import type {Program} from './program.ts';
import type {FrameTimes} from './system/profile.ts';
import type {StdoutFilter} from './system/stdout-filter.ts';
import {App} from './ui/app.tsx';
import {composer, cursorPlace} from './ui/frame/compose.ts';
import type {SuspendTerminal} from './ui/input.tsx';

export type DrawOptions = Readonly<{
	program: Program;
	input: Readable;
	output: StdoutFilter;
	painterOf(theme: string): Painter;
	crashed(error: unknown): void;
	/** Told of every frame that Ink made: for `--profile`. */
	frameDrawn?(times: FrameTimes): void;
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
	const {controller} = program;
	const compose = composer(program.compose);
	let suspend: SuspendTerminal = async borrow => borrow();
	const lender = (to: SuspendTerminal): void => {
		suspend = to;
	};
	output.followCursor(() => cursorPlace(compose(controller.snapshot())));
	const instance: Instance = render(createElement(App, {controller, compose, painterOf, crashed, lender}), {
		stdin: options.input,
		stdout: output,
		alternateScreen: true,
		incrementalRendering: true,
		maxFps: 30,
		exitOnCtrlC: false,
		patchConsole: false,
		interactive: true,
		...(options.frameDrawn === undefined ? {} : {onRender: frameTeller(output, options.frameDrawn)}),
	});
	// Ink draws what React has changed by then; where only the cursor has moved, it draws nothing.
	const stop = controller.subscribe(() => void setImmediate(() => output.settle()));
	output.on('resized', () => {
		instance.clear();
		controller.resize({columns: output.columns, rows: output.rows});
	});
	return {
		redraw: () => output.repaint(),
		suspend: borrow => suspend(borrow),
		flushed: () => instance.waitUntilRenderFlush(),
		unmount() {
			stop();
			instance.unmount();
		},
	};
}

function frameTeller(output: StdoutFilter, told: (times: FrameTimes) => void): (metrics: Readonly<{renderTime: number}>) => void {
	let sent = output.bytesSent;
	return ({renderTime}) => {
		const bytes = output.bytesSent - sent;
		sent = output.bytesSent;
		told({at: performance.now(), renderMs: renderTime, bytes, columns: output.columns, rows: output.rows});
	};
}
