package dev.noether.console.http;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * The streams of events (server-sent events) of all pages that are open. The last events are kept: a page that comes
 * back gets what it has missed, or is told to ask for everything again. Thread safe.
 */
public final class EventStreams implements AutoCloseable {
    private static final int MOST_STREAMS = 100;
    private static final int KEPT = 1_000;
    /** More than this is not sent again: to read everything anew is then less. */
    private static final long MOST_MISSED_BYTES = 1 << 19;

    private static final String RESET = "reset";

    private final Set<EventStream> streams = ConcurrentHashMap.newKeySet();
    private final Deque<Event> kept = new ArrayDeque<>();
    private final Supplier<byte[]> status;
    /** The ids of another run of the console begin differently. */
    private final String run = Long.toString(System.currentTimeMillis(), Character.MAX_RADIX);

    private long last;

    private record Event(long number, byte[] text) {}

    /**
     * Makes the streams.
     *
     * @param status makes the event that each stream begins with
     */
    public EventStreams(Supplier<byte[]> status) {
        this.status = status;
    }

    void open(Request request, Response response, Callback callback) {
        if (streams.size() >= MOST_STREAMS) {
            throw new HttpProblem(503, "There are " + MOST_STREAMS + " open streams, which is the limit.");
        }
        byte[] first = status.get();
        response.setStatus(200);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, "text/event-stream");
        response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
        response.getHeaders().put("X-Accel-Buffering", "no");
        if (request.getMethod().equals("HEAD")) {
            callback.succeeded();
            return;
        }
        EventStream[] self = new EventStream[1];
        EventStream stream = new EventStream(response, callback, () -> streams.remove(self[0]));
        self[0] = stream;
        request.addFailureListener(stream::finish);
        String lastId = request.getHeaders().get("Last-Event-ID");
        synchronized (this) {
            List<byte[]> events = new ArrayList<>(missedSince(lastId));
            events.add(text(id(last), "status", first));
            streams.add(stream);
            stream.send(events);
        }
    }

    private Collection<byte[]> missedSince(@Nullable String lastId) {
        if (lastId == null || lastId.isEmpty()) {
            return List.of();
        }
        long number = number(lastId);
        boolean isKept = number >= 0 && number <= last && (kept.isEmpty() ? number == last : number >= first() - 1);
        List<byte[]> missed = !isKept
                ? List.of()
                : kept.stream()
                        .filter(event -> event.number() > number)
                        .map(Event::text)
                        .toList();
        boolean isMuch = missed.stream().mapToLong(event -> event.length).sum() > MOST_MISSED_BYTES;
        return isKept && !isMuch ? missed : List.of(text(id(last), RESET, new byte[] {'{', '}'}));
    }

    private long first() {
        return kept.element().number();
    }

    private long number(String id) {
        String prefix = run + "-";
        try {
            return id.startsWith(prefix) ? Long.parseLong(id.substring(prefix.length())) : -1;
        } catch (NumberFormatException e) {
            return -1;
        }
    }

    private String id(long number) {
        return run + "-" + number;
    }

    /**
     * Sends an event to every page, and keeps it for those that come back.
     *
     * @param name name of the event
     * @param json its content, without line breaks
     */
    public synchronized void send(String name, byte[] json) {
        last++;
        byte[] event = text(id(last), name, json);
        kept.add(new Event(last, event));
        if (kept.size() > KEPT) {
            kept.remove();
        }
        streams.forEach(stream -> stream.send(List.of(event)));
    }

    /** Tells every page, also one that comes back later, to ask for everything again. */
    public synchronized void reset() {
        kept.clear();
        send(RESET, new byte[] {'{', '}'});
    }

    /** Sends the status, which is not kept. It is made first: other events need not wait for the store. */
    public void sendStatus() {
        if (streams.isEmpty()) {
            return;
        }
        byte[] json = status.get();
        synchronized (this) {
            byte[] event = text(id(last), "status", json);
            streams.forEach(stream -> stream.send(List.of(event)));
        }
    }

    /** Sends what keeps the connections open. */
    public synchronized void keepAlive() {
        byte[] comment = ": \n\n".getBytes(StandardCharsets.UTF_8);
        streams.forEach(stream -> stream.send(List.of(comment)));
    }

    private static byte[] text(String id, String name, byte[] json) {
        byte[] head = ("id: " + id + "\nevent: " + name + "\ndata: ").getBytes(StandardCharsets.UTF_8);
        byte[] event = new byte[head.length + json.length + 2];
        System.arraycopy(head, 0, event, 0, head.length);
        System.arraycopy(json, 0, event, head.length, json.length);
        event[event.length - 2] = '\n';
        event[event.length - 1] = '\n';
        return event;
    }

    /** Returns the number of open streams. */
    public int size() {
        return streams.size();
    }

    @Override
    public void close() {
        streams.forEach(EventStream::end);
    }
}
