// The grammar and the rounding of apimachinery's pkg/api/resource (`ParseQuantity`), which core/quantity.ts reads into floating point.
const decimalExponents: Readonly<Record<string, number>> = {n: -9, u: -6, m: -3, '': 0, k: 3, M: 6, G: 9, T: 12, P: 15, E: 18};
const binaryUnits: readonly string[] = ['Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei'];
const quantityPattern = /^([+-]?)(\d*)(?:\.(\d*))?(?:([numkMGTPE]?)|([KMGTPE]i)|[eE]([+-]?\d{1,4}))$/;
/** Nothing that a server means is longer; digits without end would keep the thread busy. */
const longestText = 100;
const largestExponent = 300;
const nanoDigits = 9;
/** The largest binary quantity, 2^63-1 of its unit: larger ones are cut to it. */
const largestBinary = (2n ** 63n - 1n) * 10n ** 9n;

const nanoPerKi = 1024n * 10n ** 9n;

/** One in its base unit: a core, a byte. */
export const nanoPerUnit = 10n ** 9n;

/**
 * A Kubernetes quantity exactly, in billionths of its base unit (cores, bytes), so that sums lose nothing: `250m` -> 250_000_000n.
 * Finer parts are rounded away from zero, as the API server does. undefined: not a quantity.
 */
export function parseNano(text: string): bigint | undefined {
	// What metrics-server writes, twenty thousand times at once on a large cluster.
	if (/^\d{1,18}n$/.test(text)) return BigInt(text.slice(0, -1));
	if (/^\d{1,15}Ki$/.test(text)) return BigInt(text.slice(0, -2)) * nanoPerKi;
	const match = text.length > longestText ? null : quantityPattern.exec(text);
	if (match === null) return undefined;
	const [, sign = '', whole = '', fraction = '', decimal, binary, exponent] = match;
	if (whole === '' && fraction === '') return undefined;
	const power = exponent === undefined ? (decimalExponents[decimal ?? ''] ?? 0) : Number(exponent);
	if (Math.abs(power) > largestExponent) return undefined;
	const factor = binary === undefined ? 1n : 1024n ** BigInt(binaryUnits.indexOf(binary) + 1);
	const nano = scaled(BigInt(whole + fraction) * factor, (binary === undefined ? power : 0) + nanoDigits - fraction.length);
	const amount = binary !== undefined && nano > largestBinary ? largestBinary : nano;
	return sign === '-' ? -amount : amount;
}

/** digits x 10^power; what is left over is rounded up. */
function scaled(digits: bigint, power: number): bigint {
	return power >= 0 ? digits * 10n ** BigInt(power) : upTo(digits, 10n ** BigInt(-power));
}

/** A quotient rounded away from zero (apimachinery `ScaledValue`). */
function upTo(amount: bigint, unit: bigint): bigint {
	const quotient = amount / unit;
	if (quotient * unit === amount) return quotient;
	return amount > 0n ? quotient + 1n : quotient - 1n;
}

/** Thousandths, rounded up: the millicores that `kubectl top` prints (`Quantity.MilliValue`). */
export function milliOf(nano: bigint): number {
	return Number(upTo(nano, 1_000_000n));
}

/** Whole units, rounded up: bytes (`Quantity.Value`). */
export function unitsOf(nano: bigint): number {
	return Number(upTo(nano, nanoPerUnit));
}

/** A number of whole or broken units as the kubelet reports them; undefined for what is none. */
export function nanoOf(units: number | undefined): bigint | undefined {
	if (units === undefined || !Number.isFinite(units)) return undefined;
	return Number.isInteger(units) ? BigInt(units) * nanoPerUnit : BigInt(Math.ceil(units * Number(nanoPerUnit)));
}
