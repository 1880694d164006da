import {type Backend, emptyBackend, missingBackend} from './backend-state.ts';
import {type Judgement, leaving} from './judgement.ts';
import type {Item, KubeObject} from './kubernetes.ts';
import {printedText} from './printed.ts';
import {awaitingAddress} from './route-state.ts';
import type {Beside, CellContext} from './table.ts';

type IngressBackend = Readonly<{service?: Readonly<{name: string}>}>;

/** What k8tui reads of an Ingress. */
export type Ingress = KubeObject &
	Readonly<{
		spec?: Readonly<{
			ingressClassName?: string;
			defaultBackend?: IngressBackend;
			tls?: ReadonlyArray<Readonly<{hosts?: readonly string[]; secretName?: string}>>;
			rules?: ReadonlyArray<Readonly<{host?: string; http?: Readonly<{paths?: ReadonlyArray<Readonly<{path?: string; backend?: IngressBackend}>>}>}>>;
		}>;
	}>;

/** The class before there were IngressClasses; controllers still honour it. */
const classAnnotation = 'kubernetes.io/ingress.class';
/** Marks the class of Ingresses that name none. */
export const defaultClassAnnotation = 'ingressclass.kubernetes.io/is-default-class';

/** The state of an Ingress. Rules: screens.md 7; the age of its certificate is inside a Secret, which is not read here. */
export function judgeIngress(item: Item<Ingress>, context: CellContext): Judgement {
	const {beside, now} = context;
	const backends = backendsOf(item);
	const broken = missingBackend(backends, beside) ?? missingSecret(item, beside);
	if (broken) return broken;
	const gone = leaving(item);
	if (gone) return gone;
	return (
		unknownClass(item, beside) ?? emptyBackend(backends, beside) ?? awaitingAddress(item, printedText(item, 'Address'), now) ?? {tone: 'ok', word: 'Ready'}
	);
}

function backendsOf(item: Item<Ingress>): readonly Backend[] {
	const {defaultBackend, rules = []} = item.object?.spec ?? {};
	const paths = rules.flatMap(({http}) => http?.paths ?? []).map(({backend}) => backend);
	return [defaultBackend, ...paths].flatMap(backend => (backend?.service ? [{namespace: item.meta.namespace, service: backend.service.name}] : []));
}

function missingSecret(item: Item<Ingress>, beside: Beside): Judgement | undefined {
	if (!beside.ready('secrets')) return undefined;
	const names = (item.object?.spec?.tls ?? []).flatMap(({secretName}) => secretName ?? []);
	const missing = names.find(name => beside.find('secrets', item.meta.namespace, name) === undefined);
	return missing === undefined ? undefined : {tone: 'error', word: 'Secret missing', why: `there is no TLS Secret ${missing}`};
}

/** A class nobody defined, or none at all where there is no default one: no controller will take it. */
function unknownClass(item: Item<Ingress>, beside: Beside): Judgement | undefined {
	if (!beside.ready('ingressclasses') || item.meta.annotations?.[classAnnotation] !== undefined) return undefined;
	const name = item.object?.spec?.ingressClassName ?? printedText(item, 'Class');
	if (name !== '') {
		const known = beside.find('ingressclasses', undefined, name) !== undefined;
		return known ? undefined : {tone: 'unknown', word: 'Unknown class', why: `there is no IngressClass ${name}`};
	}
	const hasDefault = beside.list('ingressclasses', undefined).some(({meta}) => meta.annotations?.[defaultClassAnnotation] === 'true');
	return hasDefault ? undefined : {tone: 'unknown', word: 'No class', why: 'it names no IngressClass and there is no default one'};
}
