package dev.noether.console.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a caller can do to the server that it should not. */
@Timeout(60)
final class RequestRouterTest {
    private static final RouterLimits SHORT = new RouterLimits(Duration.ofMillis(300), Duration.ofMillis(100));

    private final Server server = new Server();
    private final ServerConnector connector = new ServerConnector(server);
    private final CountDownLatch entered = new CountDownLatch(2);
    private final CountDownLatch release = new CountDownLatch(1);
    private final HttpClient client = HttpClient.newHttpClient();

    @BeforeEach
    void start() throws Exception {
        HttpRoutes routes = new HttpRoutes(
                Map.of("/heavy", parameters -> heavy(), "/light", parameters -> HttpReply.text(200, "light")),
                Map.of("/post", post -> HttpReply.text(200, post.body().get().length + " bytes")),
                Set.of("/heavy"),
                "/stream");
        server.addConnector(connector);
        server.setHandler(
                new RequestRouter(routes, new HostCheck(true, Set.of()), new EventStreams(() -> new byte[0]), SHORT));
        server.start();
    }

    @AfterEach
    void stop() throws Exception {
        release.countDown();
        server.stop();
    }

    private HttpReply heavy() {
        entered.countDown();
        try {
            release.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return HttpReply.text(200, "heavy");
    }

    private HttpRequest request(String path, Consumer<HttpRequest.Builder> change) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + connector.getLocalPort() + path));
        change.accept(request);
        return request.build();
    }

    @Test
    void aThirdLargeAnswerIsToldToComeAgainAndOthersAreAnswered() throws Exception {
        HttpRequest heavy = request("/heavy", request -> {});
        CompletableFuture<HttpResponse<String>> first = client.sendAsync(heavy, BodyHandlers.ofString());
        CompletableFuture<HttpResponse<String>> second = client.sendAsync(heavy, BodyHandlers.ofString());
        entered.await();
        HttpResponse<String> third = client.send(heavy, BodyHandlers.ofString());
        assertThat(third.statusCode()).isEqualTo(503);
        assertThat(third.headers().firstValue("Retry-After")).contains("1");
        assertThat(client.send(request("/light", request -> {}), BodyHandlers.ofString())
                        .statusCode())
                .isEqualTo(200);
        release.countDown();
        assertThat(first.get().body()).startsWith("heavy");
        assertThat(second.get().body()).startsWith("heavy");
        assertThat(client.send(heavy, BodyHandlers.ofString()).statusCode()).isEqualTo(200);
    }

    @Test
    void contentThatDoesNotArriveKeepsNoThread() throws Exception {
        assertThat(raw("Content-Length: 100\r\n\r\n{\"incident\"")).startsWith("HTTP/1.1 408");
    }

    @Test
    void contentThatIsTooLongIsNotRead() throws Exception {
        assertThat(raw("Content-Length: 1000000000\r\n\r\n{"))
                .startsWith("HTTP/1.1 400")
                .contains("at most 65536 bytes");
        assertThat(raw("Transfer-Encoding: chunked\r\n\r\n11000\r\n" + " ".repeat(0x11000) + "\r\n"))
                .startsWith("HTTP/1.1 400")
                .contains("at most 65536 bytes");
    }

    private String raw(String rest) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", connector.getLocalPort());
                OutputStream out = socket.getOutputStream();
                InputStream in = socket.getInputStream()) {
            String head = "POST /post HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n";
            out.write((head + rest).getBytes(StandardCharsets.UTF_8));
            out.flush();
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void dataIsForThePagesOfThisServerAlone() throws Exception {
        for (String site : new String[] {"cross-site", "same-site"}) {
            assertThat(client.send(
                                    request("/light", request -> request.header("Sec-Fetch-Site", site)),
                                    BodyHandlers.ofString())
                            .statusCode())
                    .as(site)
                    .isEqualTo(403);
        }
        assertThat(client.send(
                                request("/light", request -> request.header("Sec-Fetch-Site", "same-origin")),
                                BodyHandlers.ofString())
                        .statusCode())
                .isEqualTo(200);
        assertThat(client.send(
                                request("/incident", request -> request.header("Sec-Fetch-Site", "cross-site")),
                                BodyHandlers.ofString())
                        .statusCode())
                .as("a link in a message")
                .isEqualTo(200);
    }
}
