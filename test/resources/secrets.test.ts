import {secrets} from '../../source/resources/secrets.ts';
import {testKind} from '../tools/kind-cases.ts';

testKind(secrets, {fixture: 'opaque', shows: {name: 'shop-tls', type: 'Opaque', data: '1', age: '60m'}});
