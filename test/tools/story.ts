import {test} from 'node:test';
import {assertFrame} from './golden.ts';
import {openApp, type OpenAppOptions, type TestApp} from './open-app.ts';

/** What is done before the picture is taken: keys as `:pods<enter>`, or anything else that a test can do. */
export type Step = string | ((app: TestApp) => void | Promise<void>);

export type Size = readonly [columns: number, rows: number];

export type Story = Omit<OpenAppOptions, 'columns' | 'rows'> &
	Readonly<{
		steps?: readonly Step[];
		/** One frame each; 80x24 without. The terminal is resized from one to the next. */
		sizes?: readonly Size[];
		/** Texts that differ from run to run, and what stands for them in the golden frame. */
		replaced?: ReadonlyArray<readonly [RegExp, string]>;
	}>;

const usual: Size = [80, 24];
/** A port of the system's choice, and what a cut has left of it: it has five digits wherever ports are given out today. */
const anyPort = [/(?<=127\.0\.0\.1:)\d+/g, (digits: string) => '65535'.slice(0, digits.length)] as const;

/** One test: goes there, then compares the screen with the golden frame of that name in each size. */
export function story(name: string, plot: Story): void {
	test(`frame ${name}`, async () => {
		const {steps = [], sizes = [usual], replaced = [], ...options} = plot;
		const [first = usual, ...others] = sizes;
		await using app = await openApp({...options, columns: first[0], rows: first[1]});
		for (const step of steps) await (typeof step === 'string' ? app.press(step) : step(app));
		compare(name, app, replaced);
		for (const [columns, rows] of others) {
			await app.resize(columns, rows);
			compare(name, app, replaced);
		}
	});
}

function compare(name: string, {screen}: TestApp, replaced: NonNullable<Story['replaced']>): void {
	const lines = screen
		.lines()
		.map(line =>
			[anyPort, ...replaced].reduce((text, [pattern, by]) => (typeof by === 'string' ? text.replace(pattern, by) : text.replace(pattern, by)), line),
		);
	assertFrame(name, {columns: screen.columns, rows: screen.rows, lines: () => lines});
}
