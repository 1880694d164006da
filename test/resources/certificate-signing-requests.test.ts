import {certificateSigningRequests} from '../../source/resources/certificate-signing-requests.ts';
import {testKind} from '../tools/kind-cases.ts';

testKind(certificateSigningRequests, {
	fixture: 'pending',
	shows: {name: 'carol', age: '60m', signername: 'kubernetes.io/kube-apiserver-client', requestor: 'admin', requestedduration: '60m', status: 'Pending'},
	cases: [
		{name: 'pending', tone: 'progressing'},
		{name: 'approved', cells: {Condition: 'Approved'}, tone: 'progressing'},
		{name: 'issued', cells: {Condition: 'Approved,Issued'}, tone: 'muted'},
		{name: 'denied', cells: {Condition: 'Denied'}, tone: 'error', why: 'certificate request denied'},
		{name: 'failed', cells: {Condition: 'Approved,Failed'}, tone: 'error', why: 'certificate request approved,failed'},
	],
});
