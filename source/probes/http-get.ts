import {getCommand} from '../core/net/probe/get-command.ts';
import {readHttpFields} from '../core/net/probe/read/http-fields.ts';
import {readHttp} from '../core/net/probe/read/http.ts';
import type {Probe} from '../core/probe.ts';

export const httpGet: Probe = {
	id: 'http-get',
	title: 'HTTP GET',
	impact: 'traffic',
	timeoutMs: 5_000,
	command: ({to, name = '/', host}, tools) => getCommand({address: to.address, port: to.port, path: name, ...(host === undefined ? {} : {host})}, tools),
	ask: ({to, name = '/', host}) => ['get', to.address, String(to.port), name, host ?? to.address],
	read: (output, _question, tool) => readHttp(output, tool),
	readFields: readHttpFields,
};
