import type {Line} from '../line.ts';

/** A frame as it goes out of the program: masked already. */
export type Shot = Readonly<{
	columns: number;
	rows: number;
	lines: ReadonlyArray<Readonly<{line: Line; selected: boolean}>>;
	/** ms since the epoch, server time. */
	at: number;
	context: string;
	version?: string;
	/** The demo's story: a simulation says so in every export. */
	demo?: string;
	/** `live 0.4s`. */
	freshness: string;
	masked: number;
	/** The command line that opens the same view. */
	command: string;
	/** Of a table: its rows, all of them. */
	table?: Readonly<{columns: readonly string[]; rows: ReadonlyArray<Readonly<Record<string, string | number | null>>>}>;
}>;

export const exportFormats = ['text', 'markdown', 'json', 'svg'] as const;
export type ExportFormat = (typeof exportFormats)[number];
export const exportEndings: Readonly<Record<ExportFormat, string>> = {text: 'txt', markdown: 'md', json: 'json', svg: 'svg'};
