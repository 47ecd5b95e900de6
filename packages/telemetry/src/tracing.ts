import { setTimeout as delay } from 'node:timers/promises';
import type { Attributes, SpanContext, SpanKind as SpanKinds } from '@opentelemetry/api';

/** A span whose start and end are known already. */
export interface PastSpan {
  readonly name: string;
  readonly kind: 'internal' | 'producer' | 'consumer';
  /** The span it belongs to, as W3C's `traceparent`. */
  readonly parent: string;
  /** Milliseconds since 1970. */
  readonly startMs: number;
  readonly endMs: number;
  readonly attributes: Attributes;
}

/** The span of a request that is being answered. */
export interface RequestSpan {
  /** What others name as their parent; undefined when the trace is not sampled. */
  readonly traceparent: string | undefined;
  end(name: string, attributes: Attributes, failed: boolean): void;
}

/** Tells an OpenTelemetry collector what became of requests. Spans are sent in batches, beside. */
export interface Tracing {
  /** Starts the span of a request; it continues the trace of a caller who sent a `traceparent`. */
  startRequest(name: string, traceparent: string | undefined): RequestSpan;
  record(span: PastSpan): void;
  /** Sends what is left, for 2 s at most, and closes. */
  stop(): Promise<void>;
}

export interface TracingOptions {
  /** The collector's base address for OTLP over HTTP, such as http://127.0.0.1:4318 */
  readonly endpoint: string;
  readonly serviceName: string;
}

const exportMsMax = 5_000;
const stopMsMax = 2_000;

/**
 * Starts tracing to an OTLP collector, in JSON over HTTP. OpenTelemetry's packages are loaded here
 * and nowhere else: a process that is not traced never reads them. Sampling goes by
 * `OTEL_TRACES_SAMPLER`, which the SDK reads itself.
 */
export async function startTracing(options: TracingOptions): Promise<Tracing> {
  const [api, sdk, { OTLPTraceExporter }, { resourceFromAttributes }, { parseTraceParent }] =
    await Promise.all([
      import('@opentelemetry/api'),
      import('@opentelemetry/sdk-trace-base'),
      import('@opentelemetry/exporter-trace-otlp-http'),
      import('@opentelemetry/resources'),
      import('@opentelemetry/core'),
    ]);
  const { ROOT_CONTEXT, SpanKind, SpanStatusCode, TraceFlags, trace } = api;
  const kinds: Record<PastSpan['kind'], SpanKinds> = {
    internal: SpanKind.INTERNAL,
    producer: SpanKind.PRODUCER,
    consumer: SpanKind.CONSUMER,
  };
  const url = `${options.endpoint.replace(/\/+$/, '')}/v1/traces`;
  const provider = new sdk.BasicTracerProvider({
    resource: resourceFromAttributes({ 'service.name': options.serviceName }),
    spanProcessors: [
      new sdk.BatchSpanProcessor(new OTLPTraceExporter({ url }), {
        exportTimeoutMillis: exportMsMax,
      }),
    ],
  });
  const tracer = provider.getTracer('stile');
  const contextOf = (traceparent: string | undefined) => {
    const parent = traceparent === undefined ? null : parseTraceParent(traceparent);
    if (parent === null) return ROOT_CONTEXT;
    return trace.setSpanContext(ROOT_CONTEXT, { ...parent, isRemote: true });
  };
  const traceparentOf = ({ traceId, spanId, traceFlags }: SpanContext): string | undefined =>
    (traceFlags & TraceFlags.SAMPLED) === 0 ? undefined : `00-${traceId}-${spanId}-01`;

  return {
    startRequest: (name, traceparent) => {
      const span = tracer.startSpan(name, { kind: SpanKind.SERVER }, contextOf(traceparent));
      return {
        traceparent: traceparentOf(span.spanContext()),
        end: (finalName, attributes, failed) => {
          span.updateName(finalName).setAttributes(attributes);
          if (failed) span.setStatus({ code: SpanStatusCode.ERROR });
          span.end();
        },
      };
    },
    record: ({ name, kind, parent, startMs, endMs, attributes }) => {
      const start = { kind: kinds[kind], startTime: startMs, attributes };
      tracer.startSpan(name, start, contextOf(parent)).end(Math.max(startMs, endMs));
    },
    // A collector that is down must not keep a process from stopping.
    stop: async () => {
      const deadline = new AbortController();
      await Promise.race([
        provider.shutdown().catch(() => undefined),
        delay(stopMsMax, undefined, { signal: deadline.signal }).catch(() => undefined),
      ]);
      deadline.abort();
    },
  };
}
