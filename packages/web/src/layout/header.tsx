export interface HeaderLink {
  readonly label: string;
  readonly href: string;
  readonly current: boolean;
}

/** The bar on top of both pages. */
export function Header({
  home,
  links,
  title = 'Stile',
}: {
  readonly home: string;
  readonly links: readonly HeaderLink[];
  readonly title?: string;
}) {
  return (
    <header className="header">
      <div className="header-inner">
        <a className="brand" href={home}>
          <Mark />
          {title}
        </a>
        <nav aria-label="Main">
          {links.map(({ label, href, current }) => (
            <a
              key={label}
              className="header-link"
              href={href}
              aria-current={current ? 'page' : undefined}
            >
              {label}
            </a>
          ))}
        </nav>
      </div>
    </header>
  );
}

/** A stile in a fence. */
const Mark = () => (
  <svg className="mark" viewBox="0 0 32 32" width="28" height="28" aria-hidden="true">
    <path d="M5 27 12.5 5h7L27 27M10.4 11.5h11.2M8.2 18h15.6M3 27h26" />
  </svg>
);
