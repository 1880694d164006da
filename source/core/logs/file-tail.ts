/** Tells which lines of a file that is read again as a whole were not there the last time. */
export class FileTail {
	/** Lines read before, and the last of them. */
	#count = 0;
	#last: string | undefined;
	/** Of the read that is under way. */
	#index = 0;
	#isMet = false;

	begin(): void {
		this.#index = 0;
		this.#isMet = this.#count === 0;
	}

	/** The new ones of these lines, which come next in the file. Nothing is new before the last known line came again at its place. */
	take(lines: readonly string[]): readonly string[] {
		const known = Math.max(0, this.#count - this.#index);
		if (known > 0 && known <= lines.length) this.#isMet = lines[known - 1] === this.#last;
		this.#index += lines.length;
		return lines.slice(known);
	}

	/** The file is another one: it is shorter than it was, or other lines stand where the known ones were. Ask when it was read to its end. */
	get isRotated(): boolean {
		return !this.#isMet;
	}

	/** The read is complete; `last`: of the file. */
	end(last: string | undefined): void {
		this.#count = this.#index;
		this.#last = last;
	}

	/** Everything is new again. */
	forget(): void {
		this.#count = 0;
		this.#last = undefined;
		this.begin();
	}
}
