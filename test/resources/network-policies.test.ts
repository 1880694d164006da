import {networkPolicies} from '../../source/resources/network-policies.ts';
import {testKind} from '../tools/kind-cases.ts';

testKind(networkPolicies, {fixture: 'policy', shows: {name: 'allow-web', 'pod-selector': 'app=web', age: '60m'}});
