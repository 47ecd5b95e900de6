// A vitest reporter that names what has been running for a minute, and every minute after: the only
// trace of a test that never ends, since the default reporter speaks of a file when it is done.
const minuteMs = 60_000;

export default class LongRunning {
  #running = new Map();

  onTestModuleStart(module) {
    this.#watch(module.moduleId, `${module.relativeModuleId} has been running`);
  }

  onTestModuleEnd(module) {
    this.#end(module.moduleId);
  }

  onTestCaseReady(test) {
    this.#watch(test.id, `  its test '${test.fullName}' has been running`);
  }

  onTestCaseResult(test) {
    this.#end(test.id);
  }

  #watch(id, what) {
    let minutes = 0;
    const timer = setInterval(() => console.log(`${what} for ${++minutes} min`), minuteMs);
    timer.unref();
    this.#running.set(id, timer);
  }

  #end(id) {
    clearInterval(this.#running.get(id));
    this.#running.delete(id);
  }
}
