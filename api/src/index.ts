export { Booking } from './booking-view.js';
export { type ApiConfig, Environment as ApiEnvironment, readConfig } from './config.js';
export { ProblemError } from './problems.js';
export { bookRoute } from './routes/book.js';
export { type StileApi, startApi } from './server.js';
