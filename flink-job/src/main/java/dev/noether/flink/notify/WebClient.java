package dev.noether.flink.notify;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Sends JSON by POST and judges the answer. Redirects are not followed, so that a secret in a header goes to the
 * configured host only. Thread safe.
 */
final class WebClient {
    private static final Duration MAX_WAIT = Duration.ofMinutes(5);
    private static final int SHOWN_BYTES = 300;

    /** Answers that say: try again later. */
    private static final Set<Integer> LATER = Set.of(408, 425, 429);

    /** Answers that say: the address or the credentials are wrong. The next notice would get the same one. */
    private static final Set<Integer> MISCONFIGURED = Set.of(401, 402, 403, 404, 405, 407, 410);

    private final HttpClient client;
    private final Duration timeout;

    /** @param timeout time for a whole request */
    WebClient(Duration timeout) {
        this.timeout = timeout;
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(timeout)
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
    }

    /**
     * Sends a request and waits for the answer.
     *
     * @param address where to; it may contain a secret and is not part of any message
     * @param headers further headers
     * @param json body
     * @throws InterruptedException if this thread is interrupted meanwhile
     */
    Answer post(URI address, Map<String, String> headers, byte[] json) throws InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(address)
                .timeout(timeout)
                .header("Content-Type", "application/json")
                .header("User-Agent", "noether")
                .POST(BodyPublishers.ofByteArray(json));
        headers.forEach(request::setHeader);
        AtomicInteger status = new AtomicInteger();
        ByteArrayOutputStream beginning = new ByteArrayOutputStream();
        CompletableFuture<HttpResponse<Void>> sent = client.sendAsync(request.build(), info -> {
            status.set(info.statusCode());
            return BodySubscribers.ofByteArrayConsumer(part -> part.ifPresent(bytes -> keep(bytes, beginning)));
        });
        try {
            return answer(sent.get(timeout.toMillis(), TimeUnit.MILLISECONDS), text(beginning));
        } catch (TimeoutException e) {
            return cut(status.get(), "no answer within " + timeout.toSeconds() + " s");
        } catch (ExecutionException e) {
            return cut(status.get(), "no answer: " + reason(e.getCause() == null ? e : e.getCause()));
        } finally {
            sent.cancel(true);
        }
    }

    private static synchronized void keep(byte[] bytes, ByteArrayOutputStream beginning) {
        synchronized (beginning) {
            beginning.write(bytes, 0, Math.min(bytes.length, Math.max(0, SHOWN_BYTES - beginning.size())));
        }
    }

    private static String text(ByteArrayOutputStream beginning) {
        synchronized (beginning) {
            return beginning
                    .toString(StandardCharsets.UTF_8)
                    .replaceAll("\\s+", " ")
                    .strip();
        }
    }

    /** A receiver that answered with success has taken the notice, even if the rest of its answer is missing. */
    private static Answer cut(int status, String reason) {
        return status / 100 == 2 ? new Answer.Delivered() : new Answer.Failed(reason, Duration.ZERO);
    }

    private static Answer answer(HttpResponse<Void> response, String body) {
        int status = response.statusCode();
        String reason = "HTTP " + status + (body.isEmpty() ? "" : ": " + body);
        if (status / 100 == 2) {
            return new Answer.Delivered();
        }
        if (status / 100 == 5 || LATER.contains(status)) {
            return new Answer.Failed(reason, retryAfter(response));
        }
        if (MISCONFIGURED.contains(status)) {
            return new Answer.Failed(reason + " (check the address and the credentials)", Duration.ZERO);
        }
        if (status / 100 == 3) {
            return new Answer.Failed(reason + " (redirects are not followed; check the address)", Duration.ZERO);
        }
        return new Answer.Refused(reason);
    }

    /** The time that the receiver asks to wait, at most {@link #MAX_WAIT}. */
    private static Duration retryAfter(HttpResponse<Void> response) {
        String text = response.headers().firstValue("Retry-After").orElse("").strip();
        Duration wait = Duration.ZERO;
        if (text.matches("\\d{1,9}")) {
            wait = Duration.ofSeconds(Long.parseLong(text));
        } else if (!text.isEmpty()) {
            try {
                Instant until = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                        .toInstant();
                wait = Duration.between(Instant.now(), until);
            } catch (DateTimeException e) {
                return Duration.ZERO;
            }
        }
        return wait.isNegative() ? Duration.ZERO : wait.compareTo(MAX_WAIT) > 0 ? MAX_WAIT : wait;
    }

    private static String reason(Throwable cause) {
        String message = cause.getMessage();
        return cause.getClass().getSimpleName() + (message == null ? "" : " (" + message + ")");
    }
}
