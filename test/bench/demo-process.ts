// The demo server in a process of its own, so that its memory and CPU are not counted as the program's.
// Started by bench.ts with fork: node demo-process.ts STORY; says its kubeconfig, takes {churn: events a second}.
import process from 'node:process';
import {startDemo} from '../../source/demo/server.ts';

const server = await startDemo({story: process.argv[2] ?? 'ten-thousand-pods', realTime: false});
let churn: Disposable | undefined;
process.on('message', (order: {churn: number}) => {
	churn?.[Symbol.dispose]();
	churn = order.churn > 0 ? server.churn({eventsPerSecond: order.churn}) : undefined;
});
process.on('disconnect', () => process.exit(0));
process.send?.({kubeconfig: server.kubeconfig()});
