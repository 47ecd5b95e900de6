import { type ApiConfig, readConfig as readApiConfig } from '@stile/api';
import { envSchema } from 'env-schema';
import { type Static, Type } from 'typebox';
import { type PeerName, peerNames } from './strategies.js';

const Environment = Type.Object({
  PEER: Type.Unsafe<PeerName>({ type: 'string', enum: peerNames }),
});

export interface PeerConfig {
  readonly name: PeerName;
  /** Of the server that the peer is served by. */
  readonly api: ApiConfig;
}

/** The configuration of a peer's process; throws and names the variable that is wrong. */
export function readConfig(environment: NodeJS.ProcessEnv = process.env): PeerConfig {
  const env = envSchema<Static<typeof Environment>>({
    schema: Environment,
    data: environment,
    env: false,
  });
  return {
    name: env.PEER,
    api: readApiConfig(environment),
  };
}
