import xterm from '@xterm/headless';

export type StyledRun = Readonly<{text: string; foreground: string; background: string; attributes: string}>;

/** A terminal without a window: bytes in, the screen as text and styles out. Answers questions through `onReply`. */
export class VirtualScreen implements Disposable {
	readonly #terminal: xterm.Terminal;
	#bells = 0;
	#switches = 0;

	constructor(size: Readonly<{columns: number; rows: number}>, onReply?: (bytes: string) => void) {
		this.#terminal = new xterm.Terminal({cols: size.columns, rows: size.rows, allowProposedApi: true, scrollback: 1000, logLevel: 'off'});
		if (onReply !== undefined) this.#terminal.onData(onReply);
		this.#terminal.onBell(() => {
			this.#bells++;
		});
		this.#terminal.buffer.onBufferChange(() => {
			this.#switches++;
		});
	}

	/** Resolves when the bytes are on the screen; `drawn` is called before any later bytes are. */
	write(bytes: Uint8Array | string, drawn?: () => void): Promise<void> {
		return new Promise(resolve => {
			this.#terminal.write(bytes, () => {
				drawn?.();
				resolve();
			});
		});
	}

	/** The visible rows, top first, without trailing blanks. The buffer keeps cells that a narrower screen no longer shows. */
	lines(): string[] {
		const buffer = this.#terminal.buffer.active;
		return Array.from(
			{length: this.#terminal.rows},
			(_, row) =>
				buffer
					.getLine(buffer.viewportY + row)
					?.translateToString(true, 0, this.#terminal.cols)
					.trimEnd() ?? '',
		);
	}

	text(): string {
		return this.lines().join('\n');
	}

	/** Neighbouring cells of one look, joined; one list a row. */
	styledRuns(): StyledRun[][] {
		const buffer = this.#terminal.buffer.active;
		return Array.from({length: this.#terminal.rows}, (_, row) => runsOf(buffer.getLine(buffer.viewportY + row), this.#terminal.cols));
	}

	/** Zero-based cell of the cursor. */
	cursor(): Readonly<{column: number; row: number}> {
		const buffer = this.#terminal.buffer.active;
		return {column: buffer.cursorX, row: buffer.cursorY};
	}

	get isAlternate(): boolean {
		return this.#terminal.buffer.active.type === 'alternate';
	}

	/** How often it went between the usual and the alternate screen so far: a program may leave and be back before anybody looks. */
	get switches(): number {
		return this.#switches;
	}

	/** A frame is being written (mode 2026): what is on the screen now is part old, part new. */
	get isFrameOpen(): boolean {
		return this.#terminal.modes.synchronizedOutputMode;
	}

	get isBracketedPaste(): boolean {
		return this.#terminal.modes.bracketedPasteMode;
	}

	get columns(): number {
		return this.#terminal.cols;
	}

	get rows(): number {
		return this.#terminal.rows;
	}

	get bells(): number {
		return this.#bells;
	}

	resize(columns: number, rows: number): void {
		this.#terminal.resize(columns, rows);
	}

	[Symbol.dispose](): void {
		this.#terminal.dispose();
	}
}

function runsOf(line: xterm.IBufferLine | undefined, columns: number): StyledRun[] {
	const runs: StyledRun[] = [];
	for (let column = 0; line !== undefined && column < columns; column++) {
		const cell = line.getCell(column);
		if (cell === undefined || cell.getWidth() === 0) continue;
		const run = {text: cell.getChars() || ' ', ...lookOf(cell)};
		const last = runs.at(-1);
		if (last !== undefined && last.foreground === run.foreground && last.background === run.background && last.attributes === run.attributes) {
			runs[runs.length - 1] = {...last, text: last.text + run.text};
		} else runs.push(run);
	}
	return runs;
}

function lookOf(cell: xterm.IBufferCell): Omit<StyledRun, 'text'> {
	const attributes = [
		cell.isBold() ? 'bold' : '',
		cell.isDim() ? 'dim' : '',
		cell.isItalic() ? 'italic' : '',
		cell.isUnderline() ? 'underline' : '',
		cell.isInverse() ? 'inverse' : '',
	].filter(name => name !== '');
	return {
		foreground: cell.isFgDefault() ? '' : colourName(cell.isFgRGB(), cell.getFgColor()),
		background: cell.isBgDefault() ? '' : colourName(cell.isBgRGB(), cell.getBgColor()),
		attributes: attributes.join(' '),
	};
}

function colourName(isRgb: boolean, value: number): string {
	return isRgb ? `#${value.toString(16).padStart(6, '0')}` : String(value);
}
