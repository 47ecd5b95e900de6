import { useEffect, useState } from 'react';
import { readStory, type Story } from '../api/ops.js';
import { Notice } from '../layout/notice.js';
import { StoryView } from './story-view.js';

const inAddress = (): string => decodeURIComponent(window.location.hash.replace(/^#\/?/, ''));

/** Finds a booking by its id; the id is kept in the address. */
export function StorySearch() {
  const [wanted, setWanted] = useState(inAddress);
  const [text, setText] = useState(wanted);
  const [story, setStory] = useState<Story>();
  const [failure, setFailure] = useState<string>();

  useEffect(() => {
    const follow = (): void => {
      setWanted(inAddress());
      setText(inAddress());
    };
    window.addEventListener('hashchange', follow);
    return () => window.removeEventListener('hashchange', follow);
  }, []);

  useEffect(() => {
    if (wanted === '') return;
    let dropped = false;
    readStory(wanted).then(
      (read) => {
        if (dropped) return;
        setStory(read);
        setFailure(undefined);
      },
      (error: Error) => {
        if (dropped) return;
        setStory(undefined);
        setFailure(error.message);
      },
    );
    return () => {
      dropped = true;
    };
  }, [wanted]);

  const search = (): void => {
    const id = text.trim().toLowerCase();
    if (id === wanted && id !== '') readStory(id).then(setStory, () => undefined);
    window.location.hash = encodeURIComponent(id);
  };
  return (
    <section className="panel panel-story" aria-labelledby="story-title">
      <div className="panel-head">
        <h2 id="story-title">A booking’s story</h2>
      </div>
      <form
        className="search"
        onSubmit={(submitted) => {
          submitted.preventDefault();
          search();
        }}
      >
        <label>
          Booking id
          <input
            type="search"
            required
            spellCheck={false}
            autoComplete="off"
            placeholder="01a1f9fa-b8a8-700c-8000-0000737cd3cd"
            value={text}
            onChange={({ target }) => setText(target.value)}
          />
        </label>
        <button type="submit" className="button-plain">
          Look up
        </button>
      </form>
      {failure !== undefined && <Notice kind="error">{failure}</Notice>}
      {story !== undefined && failure === undefined && <StoryView story={story} />}
    </section>
  );
}
