import assert from 'node:assert/strict';
import {once} from 'node:events';
import {connect, createServer} from 'node:net';
import {test} from 'node:test';
import {eventually, patienceMs} from '../tools/eventually.ts';
import {watchWire} from '../tools/wire.ts';

test('bytes are on their way until the other end has read them', async () => {
	using wire = watchWire();
	const server = createServer(socket => socket.resume()).listen(0, '127.0.0.1');
	await once(server, 'listening');
	const address = server.address();
	assert.ok(address !== null && typeof address === 'object');
	const client = connect(address.port, '127.0.0.1');
	await Promise.all([once(client, 'connect'), once(server, 'connection')]);
	assert.equal(wire.isBusy(), false);
	client.write('hello');
	assert.equal(wire.isBusy(), true);
	await eventually(
		() => !wire.isBusy(),
		patienceMs,
		() => 'it is never read',
	);
	client.destroy();
	server.close();
	await once(server, 'close');
});
