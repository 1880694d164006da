import {ingressClasses} from '../../source/resources/ingress-classes.ts';
import {testKind} from '../tools/kind-cases.ts';

testKind(ingressClasses, {
	fixture: 'default',
	shows: {name: 'nginx', default: 'yes', controller: 'k8s.io/ingress-nginx', parameters: '-', age: '60m'},
	cases: [{name: 'another one', meta: {annotations: {'ingressclass.kubernetes.io/is-default-class': 'false'}}, tone: 'text', shows: {default: '-'}}],
});
