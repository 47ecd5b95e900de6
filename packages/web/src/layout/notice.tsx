import type { ReactNode } from 'react';

/** Something that people should know, beside what they came for. */
export function Notice({
  kind,
  children,
}: {
  readonly kind: 'plain' | 'warning' | 'error';
  readonly children: ReactNode;
}) {
  return (
    <div className={`notice notice-${kind}`} role={kind === 'error' ? 'alert' : 'status'}>
      {children}
    </div>
  );
}
