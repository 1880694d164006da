import type {AccessQuestion} from '../core/cluster-client.ts';

/** A rule as Roles and SelfSubjectRulesReviews have it. */
export type RbacRule = Readonly<{
	verbs?: readonly string[];
	apiGroups?: readonly string[];
	resources?: readonly string[];
	resourceNames?: readonly string[];
}>;

/** Whether a rule grants it (kubernetes/kubernetes pkg/apis/rbac/v1/evaluation_helpers.go). A rule for certain names grants nothing where no name is asked for. */
export function ruleGrants(rule: RbacRule, question: AccessQuestion): boolean {
	const {verb, group, resource, subresource, name} = question;
	const names = rule.resourceNames ?? [];
	return (
		includes(rule.verbs, verb) &&
		includes(rule.apiGroups, group) &&
		grantsResource(rule.resources ?? [], resource, subresource) &&
		(names.length === 0 || (name !== undefined && names.includes(name)))
	);
}

function includes(values: readonly string[] | undefined, wanted: string): boolean {
	return values?.includes('*') === true || values?.includes(wanted) === true;
}

function grantsResource(resources: readonly string[], resource: string, subresource: string | undefined): boolean {
	if (resources.includes('*')) return true;
	if (subresource === undefined) return resources.includes(resource);
	return resources.includes(`${resource}/${subresource}`) || resources.includes(`*/${subresource}`);
}
