import {clusterRoles} from '../../source/resources/cluster-roles.ts';
import {testKind} from '../tools/kind-cases.ts';

testKind(clusterRoles, {fixture: 'system', shows: {name: 'system:node-proxier', age: '60m'}});
