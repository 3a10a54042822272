package dev.noether.flink.notify;

import static dev.noether.flink.notify.TestingReceiver.status;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every way in which a receiver can fail. */
final class WebClientTest {
    private final WebClient web = new WebClient(Duration.ofSeconds(1));
    private TestingReceiver receiver;

    @BeforeEach
    void start() throws IOException {
        receiver = new TestingReceiver();
    }

    @AfterEach
    void stop() {
        receiver.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 201, 202, 299})
    void success(int status) throws Exception {
        receiver.always(status(status));
        assertThat(post()).isEqualTo(new Answer.Delivered());
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 429, 500, 502, 503, 599})
    void aFailureThatMayPassIsTriedAgain(int status) throws Exception {
        receiver.always(status(status));
        assertThat(post()).isEqualTo(new Answer.Failed("HTTP " + status + ": answer " + status, Duration.ZERO));
    }

    /** A lost notice is worse than one that waits: somebody can correct the address meanwhile. */
    @ParameterizedTest
    @ValueSource(ints = {301, 307, 401, 403, 404, 410})
    void aWrongAddressIsTriedAgainAndSaysWhatToCheck(int status) throws Exception {
        receiver.always(status(status, "Location", "http://127.0.0.1:1/"));
        assertThat(((Answer.Failed) post()).reason())
                .startsWith("HTTP " + status)
                .contains("check the address");
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 409, 413, 422})
    void aNoticeThatIsNotAcceptedIsNotTriedAgain(int status) throws Exception {
        receiver.always(status(status));
        assertThat(post()).isEqualTo(new Answer.Refused("HTTP " + status + ": answer " + status));
    }

    @Test
    void waitsAsLongAsTheReceiverAsks() throws Exception {
        receiver.then(status(429, "Retry-After", "7"));
        assertThat(((Answer.Failed) post()).notBefore()).isEqualTo(Duration.ofSeconds(7));
        ZonedDateTime date = ZonedDateTime.now(ZoneOffset.UTC).plusSeconds(100);
        receiver.then(status(503, "Retry-After", DateTimeFormatter.RFC_1123_DATE_TIME.format(date)));
        assertThat(((Answer.Failed) post()).notBefore()).isBetween(Duration.ofSeconds(60), Duration.ofSeconds(100));
        receiver.then(status(503, "Retry-After", "999999999"));
        assertThat(((Answer.Failed) post()).notBefore()).isEqualTo(Duration.ofMinutes(5));
        receiver.then(status(503, "Retry-After", "soon"));
        assertThat(((Answer.Failed) post()).notBefore()).isEqualTo(Duration.ZERO);
    }

    @Test
    void aReceiverThatDoesNotAnswer() throws Exception {
        receiver.always(exchange -> sleep(10_000));
        assertThat(((Answer.Failed) post()).reason()).contains("no answer");
    }

    @Test
    void aConnectionThatIsCut() throws Exception {
        receiver.always(exchange -> exchange.close());
        assertThat(((Answer.Failed) post()).reason()).contains("no answer");
    }

    @Test
    void nobodyListens() throws Exception {
        URI address = receiver.address();
        receiver.close();
        assertThat(((Answer.Failed) web.post(address, Map.of(), new byte[0])).reason())
                .contains("no answer");
    }

    @Test
    void anAddressWithoutAHost() throws Exception {
        URI unknown = URI.create("http://no-such-host.invalid/hook?token=secret");
        assertThat(((Answer.Failed) web.post(unknown, Map.of(), new byte[0])).reason())
                .contains("no answer")
                .doesNotContain("secret");
    }

    @Test
    void anAnswerWithoutEndCountsByItsStatus() throws Exception {
        receiver.then(exchange -> flood(exchange, 200));
        assertThat(post()).isEqualTo(new Answer.Delivered());
        receiver.then(exchange -> flood(exchange, 500));
        assertThat(post()).isInstanceOf(Answer.Failed.class);
    }

    @Test
    void aLongAnswerIsCutInTheReason() throws Exception {
        receiver.always(exchange -> {
            byte[] body = "x".repeat(1 << 20).getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(400, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        assertThat(((Answer.Refused) post()).reason()).hasSizeLessThan(400);
    }

    private Answer post() throws InterruptedException {
        return web.post(receiver.address(), Map.of("X-Own", "1"), "{}".getBytes(StandardCharsets.UTF_8));
    }

    private static void flood(com.sun.net.httpserver.HttpExchange exchange, int status) throws IOException {
        exchange.sendResponseHeaders(status, 0);
        for (int i = 0; i < 100; i++) {
            exchange.getResponseBody().write(new byte[1000]);
            exchange.getResponseBody().flush();
            sleep(100);
        }
    }

    private static void sleep(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
