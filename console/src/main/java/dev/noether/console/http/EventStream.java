package dev.noether.console.http;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.IteratingCallback;
import org.jspecify.annotations.Nullable;

/** One open stream of events. Writes without a thread of its own; a reader that is too slow is closed. Thread safe. */
final class EventStream extends IteratingCallback {
    private static final int MOST_WAITING_BYTES = 1 << 20;

    private final Response response;
    private final Callback end;
    private final Runnable onEnd;
    private final Deque<byte[]> waiting = new ArrayDeque<>();
    private final AtomicBoolean isOver = new AtomicBoolean();
    private int waitingBytes;

    /**
     * Makes a stream.
     *
     * @param end called once when the stream is over
     * @param onEnd called once when the stream is over
     */
    EventStream(Response response, Callback end, Runnable onEnd) {
        this.response = response;
        this.end = end;
        this.onEnd = onEnd;
    }

    /** Sends bytes after those that wait. */
    void send(List<byte[]> events) {
        boolean isTooSlow;
        synchronized (waiting) {
            for (byte[] event : events) {
                waiting.add(event);
                waitingBytes += event.length;
            }
            isTooSlow = waitingBytes > MOST_WAITING_BYTES;
        }
        if (isTooSlow) {
            finish(new IllegalStateException("the reader of a stream is too slow"));
        } else {
            iterate();
        }
    }

    @Override
    protected Action process() {
        byte[] next;
        synchronized (waiting) {
            next = waiting.poll();
            if (next == null || isOver.get()) {
                return Action.IDLE;
            }
            waitingBytes -= next.length;
        }
        response.write(false, ByteBuffer.wrap(next), this);
        return Action.SCHEDULED;
    }

    @Override
    protected void onCompleteFailure(Throwable cause) {
        finish(cause);
    }

    /** Ends the stream. */
    void end() {
        finish(null);
    }

    /** Ends the stream because the connection is gone. */
    void finish(@Nullable Throwable cause) {
        if (!isOver.compareAndSet(false, true)) {
            return;
        }
        synchronized (waiting) {
            waiting.clear();
        }
        onEnd.run();
        if (cause == null) {
            end.succeeded();
        } else {
            end.failed(cause);
        }
    }
}
