import {roles} from '../../source/resources/roles.ts';
import {testKind} from '../tools/kind-cases.ts';

testKind(roles, {fixture: 'reader', shows: {name: 'reader', age: '60m'}});
