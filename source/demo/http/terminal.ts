import type {Input, Output} from '../shell/streams.ts';

const carriageReturn = 13;
const erase = new Set([8, 127]);
const endOfText = 3;
const endOfTransmission = 4;

/** The line discipline of a terminal: echoes what is typed, hands lines on, turns line feeds into what a screen needs. */
export class Terminal implements Input {
	readonly #input: Input;
	readonly #screen: Output;
	readonly #lines: Buffer[] = [];
	#typed: number[] = [];

	constructor(input: Input, screen: Output) {
		this.#input = input;
		this.#screen = screen;
	}

	/** What programs write to. */
	readonly output: Output = bytes => this.#screen(Buffer.from(bytes.toString('latin1').replaceAll(/\r?\n/gu, '\r\n'), 'latin1'));

	unread(bytes: Buffer): void {
		this.#lines.unshift(bytes);
	}

	async read(): Promise<Buffer | undefined> {
		while (this.#lines.length === 0) {
			const part = await this.#input.read();
			if (part === undefined) return undefined;
			for (const byte of part) {
				if (byte === endOfTransmission && this.#typed.length === 0) return undefined;
				await this.#type(byte);
			}
		}
		return this.#lines.shift();
	}

	async #type(byte: number): Promise<void> {
		if (byte === carriageReturn || byte === 10) {
			this.#lines.push(Buffer.from([...this.#typed, 10]));
			this.#typed = [];
			await this.#screen(Buffer.from('\r\n'));
		} else if (byte === endOfText) {
			this.#typed = [];
			this.#lines.push(Buffer.from('\n'));
			await this.#screen(Buffer.from('^C\r\n'));
		} else if (erase.has(byte)) {
			if (this.#typed.pop() !== undefined) await this.#screen(Buffer.from('\b \b'));
		} else {
			this.#typed.push(byte);
			await this.#screen(Buffer.from([byte]));
		}
	}
}
