import type {KubeObject, Ref} from '../../kubernetes.ts';

export type PolicyVerdict = 'allow' | 'deny' | 'unknown';
export const policyProtocols = ['TCP', 'UDP', 'SCTP'] as const;
export type PolicyProtocol = (typeof policyProtocols)[number];

/**
 * Who sends, or who is sent to. `address`: an address that is no pod's and no node's. `internet`: any public address.
 * An address that belongs to a pod or a node of the cluster is better asked as that.
 */
export type PolicyEnd = Readonly<{kind: 'pod'; pod: KubeObject} | {kind: 'node'; node: KubeObject} | {kind: 'address'; address: string} | {kind: 'internet'}>;

export type PolicyQuestion = Readonly<{
	from: PolicyEnd;
	to: PolicyEnd;
	protocol: PolicyProtocol;
	/** After DNAT: the container's port (targetPort), never the Service's. A name is looked up in the destination pod. Undefined: any port at all. */
	port?: number | string;
}>;

/** A rule of a policy, and what it asks for, in words: `from ns shop app in (web2), TCP 5432`. */
export type PolicyRuleRef = Readonly<{policy: Ref; rule: number; text: string}>;

/** The rule that comes nearest to admitting it. `clause`: what of it does not hold. `text`: `cart has app=cart; app in (web2) matches no pod`. */
export type NearMiss = PolicyRuleRef & Readonly<{clause: 'peer' | 'port' | 'no-rule'; miss: string}>;

/** An object of a policy API that is not evaluated, and selects one of the ends. */
export type UnevaluatedPolicy = Readonly<{ref: Ref; api: string}>;

/** What the policies of one end say: `egress` those of the sender, `ingress` those of the receiver. */
export type PolicySide = Readonly<{
	verdict: PolicyVerdict;
	/** `shop/cart-7d`, `node node-a1`, `203.0.113.5`, `the internet`. */
	subject: string;
	/** The policies that isolate it in this direction; empty: it is open. */
	policies: readonly Ref[];
	allowedBy?: PolicyRuleRef;
	nearest?: NearMiss;
	/** Why, in one sentence without its full stop. */
	reason: string;
}>;

export type PolicyAnswer = Readonly<{
	/** deny where either side denies, unknown where either side is unknown, else allow. */
	verdict: PolicyVerdict;
	egress: PolicySide;
	ingress: PolicySide;
	/** The whole why, a sentence each, without full stops. */
	reasons: readonly string[];
	/** Of a question without a port, where it is not every port that is admitted: the ports that are, as `TCP 80, 8080-8090`. */
	ports?: string;
	notEvaluated: readonly UnevaluatedPolicy[];
}>;
