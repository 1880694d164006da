/** Red, green, blue: linear light, 0 to 1. */
type Light = readonly [number, number, number];

/** Linear light of `#rrggbb` (IEC 61966-2-1). */
function lightOf(hex: string): Light {
	const part = (from: number): number => {
		const value = Number.parseInt(hex.slice(from, from + 2), 16) / 255;
		return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
	};
	return [part(1), part(3), part(5)];
}

function hexOf(light: Light): string {
	const part = (value: number): string => {
		const bounded = Math.min(1, Math.max(0, value));
		const encoded = bounded <= 0.0031308 ? bounded * 12.92 : 1.055 * bounded ** (1 / 2.4) - 0.055;
		return Math.round(encoded * 255)
			.toString(16)
			.padStart(2, '0');
	};
	return `#${light.map(part).join('')}`;
}

function luminance([red, green, blue]: Light): number {
	return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** The contrast ratio of two colours, 1 to 21 (WCAG 2.2, `contrast ratio`). */
export function contrastRatio(a: string, b: string): number {
	const [x, y] = [luminance(lightOf(a)), luminance(lightOf(b))];
	return (Math.max(x, y) + 0.05) / (Math.min(x, y) + 0.05);
}

/** How a reader without green-sensitive cones sees a colour (Machado, Oliveira and Fernandes 2009, severity 1.0). */
export function deuteranopia(hex: string): string {
	const [red, green, blue] = lightOf(hex);
	return hexOf([
		0.367322 * red + 0.860646 * green - 0.227968 * blue,
		0.280085 * red + 0.672501 * green + 0.047413 * blue,
		-0.01182 * red + 0.04294 * green + 0.968881 * blue,
	]);
}

/** CIE L*a*b* under D65. */
function labOf(hex: string): Light {
	const [red, green, blue] = lightOf(hex);
	const curve = (value: number): number => (value > 216 / 24389 ? Math.cbrt(value) : ((24389 / 27) * value + 16) / 116);
	const x = curve((0.4124564 * red + 0.3575761 * green + 0.1804375 * blue) / 0.95047);
	const y = curve(0.2126729 * red + 0.7151522 * green + 0.072175 * blue);
	const z = curve((0.0193339 * red + 0.119192 * green + 0.9503041 * blue) / 1.08883);
	return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}

/** How different two colours look (CIE76): about 2 is just seen, from 10 on they are told apart at a glance. */
export function colourDifference(a: string, b: string): number {
	const [l1, a1, b1] = labOf(a);
	const [l2, a2, b2] = labOf(b);
	return Math.hypot(l1 - l2, a1 - a2, b1 - b2);
}

/** A colour moved towards white or black, in steps, until it has the ratio on the background: for skins that come from elsewhere. */
export function lift(hex: string, background: string, ratio = 4.5): string {
	const towards = contrastRatio('#ffffff', background) >= contrastRatio('#000000', background) ? 1 : 0;
	const light = lightOf(hex);
	for (let step = 0; step <= 20; step++) {
		const part = (value: number): number => value + (towards - value) * (step / 20);
		const lifted = hexOf([part(light[0]), part(light[1]), part(light[2])]);
		if (contrastRatio(lifted, background) >= ratio) return step === 0 ? hex : lifted;
	}
	return towards === 1 ? '#ffffff' : '#000000';
}
