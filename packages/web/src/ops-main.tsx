import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { OpsPage } from './ops/ops-page.js';
import './styles/index.css';

const root = document.getElementById('root');
if (root === null) throw new Error('the page has no #root');
createRoot(root).render(
  <StrictMode>
    <OpsPage />
  </StrictMode>,
);
