const attributes = ['bold', 'dim', 'italic', 'underline', 'inverse'] as const;
export type Attribute = (typeof attributes)[number];

/** Parameters of SGR (ECMA-48 8.3.117). */
export const attributeOn: Readonly<Record<Attribute, string>> = {bold: '1', dim: '2', italic: '3', underline: '4', inverse: '7'};
export const attributeOff: Readonly<Record<Attribute, string>> = {bold: '22', dim: '22', italic: '23', underline: '24', inverse: '27'};

/** How a cell is drawn. Colours are SGR parameters (`38;5;78`); '' is the terminal's own. */
export type Look = Readonly<{foreground: string; background: string; attributes: ReadonlySet<Attribute>}>;

export const bare: Look = {foreground: '', background: '', attributes: new Set()};

export function isBare(look: Look): boolean {
	return look.foreground === '' && look.background === '' && look.attributes.size === 0;
}

/** Can a blank be seen in this look? */
export function showsBlanks(look: Look): boolean {
	return look.background !== '' || look.attributes.has('underline') || look.attributes.has('inverse');
}

/** The SGR parameters that lead from one look to another, one attribute or colour each; none where they are the same. */
export function lookChange(from: Look, to: Look): readonly string[] {
	if (from === to) return [];
	if (isBare(to)) return isBare(from) ? [] : ['0'];
	const codes: string[] = [];
	// 22 ends bold and dim alike: the one that stays is set again.
	const gone = attributes.filter(name => from.attributes.has(name) && !to.attributes.has(name));
	for (const code of new Set(gone.map(name => attributeOff[name]))) codes.push(code);
	const weight = gone.some(name => name === 'bold' || name === 'dim');
	for (const name of attributes) {
		const kept = from.attributes.has(name) && !(weight && (name === 'bold' || name === 'dim'));
		if (to.attributes.has(name) && !kept) codes.push(attributeOn[name]);
	}
	if (from.foreground !== to.foreground) codes.push(to.foreground === '' ? '39' : to.foreground);
	if (from.background !== to.background) codes.push(to.background === '' ? '49' : to.background);
	return codes;
}
