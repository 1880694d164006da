import {roleBindings} from '../../source/resources/role-bindings.ts';
import {testKind} from '../tools/kind-cases.ts';

testKind(roleBindings, {fixture: 'readers', shows: {name: 'readers', role: 'Role/reader', age: '60m', users: 'carol', groups: '-', serviceaccounts: '-'}});
