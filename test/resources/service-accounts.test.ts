import {serviceAccounts} from '../../source/resources/service-accounts.ts';
import {testKind} from '../tools/kind-cases.ts';

testKind(serviceAccounts, {fixture: 'default', shows: {name: 'default', secrets: '0', age: '60m'}});
