import {type Attribute, attributeOff, attributeOn, bare, isBare, type Look, lookChange, showsBlanks} from '../core/look.ts';

/** The look of a terminal that was reset. */
export const bareLook = 0;

/** Looks as numbers, and the SGR sequences between them. */
export class CellLooks {
	readonly #looks: Look[] = [bare];
	readonly #blanks: number[] = [bareLook];
	readonly #numbers = new Map([[nameOf(bare), bareLook]]);
	readonly #after = new Map<string, number | undefined>();
	readonly #changes = new Map<string, string>();

	/** The look after SGR parameters (`1;38;5;78`); undefined when one of them is none that the painters use. */
	after(look: number, parameters: string): number | undefined {
		const name = `${look} ${parameters}`;
		if (!this.#after.has(name)) {
			const result = applied(this.#look(look), parameters);
			this.#after.set(name, result && this.#numberOf(result));
		}
		return this.#after.get(name);
	}

	/** A blank's look: without what nobody sees on a blank. */
	ofBlank(look: number): number {
		const known = this.#blanks[look];
		if (known !== undefined) return known;
		const {foreground, background, attributes} = this.#look(look);
		const drawn = attributes.has('underline') || attributes.has('inverse');
		const result = this.#numberOf({foreground: drawn ? foreground : '', background, attributes: drawn ? attributes : bare.attributes});
		this.#blanks[look] = result;
		return result;
	}

	/** Only its background: what an erased cell gets. */
	ofErased(look: number): number {
		const {background} = this.#look(look);
		return this.#numberOf({...bare, background});
	}

	/** The shortest sequence from one look to another; from anything where the first is not known. */
	change(from: number | undefined, to: number): string {
		if (from === to) return '';
		const name = `${from} ${to}`;
		const known = this.#changes.get(name);
		if (known !== undefined) return known;
		const wanted = this.#look(to);
		const anew = isBare(wanted) ? '' : `0;${lookChange(bare, wanted).join(';')}`;
		const step = from === undefined || isBare(wanted) ? anew : lookChange(this.#look(from), wanted).join(';');
		const result = `\x1b[${step.length <= anew.length ? step : anew}m`;
		this.#changes.set(name, result);
		return result;
	}

	#look(number: number): Look {
		return this.#looks[number] ?? bare;
	}

	#numberOf(look: Look): number {
		const name = nameOf(look);
		const known = this.#numbers.get(name);
		if (known !== undefined) return known;
		const number = this.#looks.push(look) - 1;
		this.#numbers.set(name, number);
		if (!showsBlanks(look)) this.#blanks[number] = bareLook;
		return number;
	}
}

function nameOf({foreground, background, attributes}: Look): string {
	return `${foreground} ${background} ${[...attributes].sort().join(' ')}`;
}

const colour = /^(?:([34])8;(?:5;\d+|2;\d+;\d+;\d+)|([39])[0-7]|(4|10)[0-7]|([34])9)(?:;|$)/;

/** The look after the parameters of one SGR sequence (ECMA-48 8.3.117, colours as xterm writes them). */
function applied(look: Look, parameters: string): Look | undefined {
	let {foreground, background} = look;
	const attributes = new Set(look.attributes);
	for (let rest = parameters; ; ) {
		const found = colour.exec(rest);
		const code = found ? found[0].replace(/;$/, '') : (/^\d*/.exec(rest)?.[0] ?? '');
		if (found) {
			const isForeground = found[1] === '3' || found[2] !== undefined || found[4] === '3';
			const value = found[4] === undefined ? code : '';
			if (isForeground) foreground = value;
			else background = value;
		} else if (Number(code) === 0) {
			foreground = background = '';
			attributes.clear();
		} else if (!change(attributes, code)) return undefined;
		if (code.length === rest.length) return {foreground, background, attributes};
		if (rest[code.length] !== ';') return undefined;
		rest = rest.slice(code.length + 1);
	}
}

/** Turns the attributes of this parameter on or off; false when there are none. */
function change(attributes: Set<Attribute>, code: string): boolean {
	const names: readonly Attribute[] = ['bold', 'dim', 'italic', 'underline', 'inverse'];
	const on = names.filter(name => attributeOn[name] === code);
	const off = names.filter(name => attributeOff[name] === code);
	for (const name of on) attributes.add(name);
	for (const name of off) attributes.delete(name);
	return on.length + off.length > 0;
}
