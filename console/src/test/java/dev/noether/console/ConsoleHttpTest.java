package dev.noether.console;

import static dev.noether.console.TestingRecords.DETECTOR;
import static dev.noether.console.TestingRecords.START;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.noether.console.store.ConsoleStore;
import dev.noether.console.store.FeedbackEvent;
import dev.noether.console.store.IncidentBatch;
import dev.noether.console.store.ScoreBatch;
import dev.noether.console.store.TopicRole;
import dev.noether.flink.config.ConsoleSection;
import dev.noether.flink.config.DetectorConfig;
import dev.noether.model.feature.FeatureSchema;
import dev.noether.schemas.FeedbackVerdict;
import dev.noether.schemas.Incident;
import dev.noether.schemas.IncidentState;
import dev.noether.schemas.Severity;
import dev.noether.schemas.Verdict;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Each answer of the console, its errors and its headers, with a store and without Kafka. */
@Timeout(60)
final class ConsoleHttpTest {
    private static final String TOKEN = "0123456789abcdef";
    private static final String HOSTILE = "a/b?c=%2e%2e&d=1#<script>alert('\"x\"')</script>\\\u0007\ud83d\ude00";

    @TempDir
    private static Path folder;

    private static Console console;
    private static TestingClient client;

    @BeforeAll
    static void start() throws Exception {
        fill(folder.resolve("store"));
        Path token = Files.writeString(folder.resolve("token"), TOKEN);
        console = Console.start(config().with(ConsoleSection.TOKEN_FILE, token.toString()));
        client = new TestingClient(console.url());
    }

    @AfterAll
    static void stop() {
        console.close();
    }

    /** No broker listens on port 1. */
    private static DetectorConfig config() {
        return DetectorConfig.withDefaults(DETECTOR, new FeatureSchema(List.of("cpu", "memory")))
                .withBootstrap("127.0.0.1:1")
                .with(ConsoleSection.PORT, 0)
                .with(ConsoleSection.DIRECTORY, folder.resolve("store").toUri());
    }

    private static void fill(Path directory) {
        try (ConsoleStore store = ConsoleStore.open(directory, DETECTOR)) {
            store.write(connection -> {
                ScoreBatch scores = new ScoreBatch(connection);
                for (int i = 0; i < 10; i++) {
                    Verdict verdict = i == 5 ? Verdict.ANOMALOUS : Verdict.NORMAL;
                    scores.add(TestingRecords.score("web-1", START + i * 60_000, i, verdict), 0, i);
                }
                scores.add(TestingRecords.score(HOSTILE, START, 10, Verdict.NORMAL), 0, 10);
                scores.finish();
                IncidentBatch batch = new IncidentBatch(connection);
                batch.add(TestingRecords.incident("one", "web-1", IncidentState.OPENED), 0, 0);
                batch.add(TestingRecords.incident("one", "web-1", IncidentState.RESOLVED), 0, 1);
                batch.add(
                        TestingRecords.incident("two", "web-2", IncidentState.OPENED, Severity.CRITICAL, START + 1),
                        0,
                        2);
                batch.add(TestingRecords.incident("odd", HOSTILE, IncidentState.OPENED), 0, 3);
                batch.add(TestingRecords.group("group", List.of("web-3", "web-4"), IncidentState.OPENED), 0, 4);
                Incident member = TestingRecords.incident("three", "web-3", IncidentState.OPENED);
                batch.add(member.inGroup("group"), 0, 5);
                batch.addFeedback(new FeedbackEvent("one", FeedbackVerdict.CONFIRMED, START, "ann", "yes"), 0, 0);
                batch.addFeedback(new FeedbackEvent("one", FeedbackVerdict.DISMISSED, START + 1, "bob", null), 0, 1);
                batch.finish(TopicRole.INCIDENTS);
                return true;
            });
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static List<String> ids(JsonNode incidents) {
        return incidents.findValuesAsText("id");
    }

    @Test
    void statusSaysWhatIsWrong() throws Exception {
        JsonNode status = client.get("/api/status");
        assertThat(status.get("detector").asText()).isEqualTo(DETECTOR);
        assertThat(status.get("readOnly").asBoolean()).isFalse();
        assertThat(status.get("topics").findValuesAsText("role"))
                .containsExactly("scores", "incidents", "models", "feedback");
        assertThat(status.get("store").get("incidents").asLong()).isEqualTo(5);
        assertThat(status.get("open").get("CRITICAL").asLong()).isEqualTo(2);
        assertThat(status.get("open").get("HIGH").asLong()).isEqualTo(2);
        assertThat(status.get("budget").get("text").asText()).isEqualTo("at most 1 false alarm per entity in 30 days");
        assertThat(status.get("budget").get("rows").asLong()).isEqualTo(11);
        assertThat(status.get("budget").get("alarms").asLong()).isEqualTo(4);
        assertThat(status.get("budget").get("promisedPerRow").isNull()).isTrue();
        assertThat(status.get("model").isNull()).isTrue();
        assertThat(status.get("job").get("state").asText()).isEqualTo("unknown");
    }

    @Test
    void incidentsAreOrderedFilteredAndPaged() throws Exception {
        assertThat(ids(client.get("/api/incidents").get("incidents")))
                .containsExactly("two", "three", "group", "odd", "one");
        JsonNode first = client.get("/api/incidents?limit=2");
        assertThat(first.get("total").asLong()).isEqualTo(5);
        String next = first.get("next").asText();
        JsonNode rest = client.get("/api/incidents?limit=100&cursor=" + encoded(next));
        assertThat(ids(rest.get("incidents"))).containsExactly("group", "odd", "one");
        assertThat(rest.get("next").isNull()).isTrue();
        assertFound("state=resolved", "one");
        assertFound("severity=critical,low", "two", "group");
        assertFound("kind=GROUP", "group");
        assertFound("group=group", "three");
        assertFound("feedback=dismissed", "one");
        assertFound("feedback=confirmed");
        assertFound("entity=" + encoded(HOSTILE), "odd");
        assertFound("q=script", "odd");
        assertFound("q=%25", "odd");
        assertFound("q=w_b");
        assertFound("q=tw", "two");
        assertFound("from=" + (START + 2) + "&to=" + (START + 3), "one");
    }

    private static void assertFound(String query, String... ids) throws Exception {
        assertThat(ids(client.get("/api/incidents?" + query).get("incidents")))
                .as(query)
                .containsExactly(ids);
    }

    @Test
    void anIncidentHasItsHistoryItsFeedbackAndWhatIsSimilar() throws Exception {
        JsonNode one = client.get("/api/incident?id=one");
        assertThat(one.get("incident").get("causes").get(0).get("usualHigh").asDouble())
                .isEqualTo(22);
        assertThat(one.get("incident").get("causes").get(1).get("usualHigh").isNull())
                .isTrue();
        assertThat(one.get("incident").get("feedback").asText()).isEqualTo("DISMISSED");
        assertThat(one.get("history").findValuesAsText("state")).containsExactly("OPENED", "RESOLVED");
        assertThat(one.get("feedback").findValuesAsText("verdict")).containsExactly("DISMISSED", "CONFIRMED");
        assertThat(ids(client.get("/api/incident?id=two").get("similar"))).contains("one", "three");
        JsonNode group = client.get("/api/incident?id=group");
        assertThat(group.get("incident").get("members").get(1).asText()).isEqualTo("web-4");
        assertThat(ids(group.get("memberIncidents"))).containsExactly("three");
    }

    @Test
    void entitiesHaveAnyName() throws Exception {
        JsonNode entities = client.get("/api/entities?order=name");
        assertThat(entities.get("entities").findValuesAsText("entity"))
                .containsExactly(HOSTILE, "web-1", "web-2", "web-3");
        JsonNode odd = client.get("/api/entity?name=" + encoded(HOSTILE));
        assertThat(odd.get("entity").asText()).isEqualTo(HOSTILE);
        assertThat(odd.get("rows").asLong()).isEqualTo(1);
        JsonNode web = client.get("/api/entity?name=web-1");
        assertThat(web.get("realisedPerRow").asDouble()).isEqualTo(.1);
        assertThat(client.get("/api/entities?limit=1&cursor=1").get("next").asText())
                .isEqualTo("2");
        JsonNode search = client.get("/api/search?q=" + encoded("<script>"));
        assertThat(search.get("entities").get(0).asText()).isEqualTo(HOSTILE);
        assertThat(ids(search.get("incidents"))).containsExactly("odd");
    }

    @Test
    void theTimelineHasColumns() throws Exception {
        JsonNode timeline = client.get("/api/timeline?from=" + (START - 1) + "&to=" + (START + 600_000));
        assertThat(timeline.get("entities").get(0).asText()).isEqualTo("web-2");
        JsonNode bars = timeline.get("bars");
        assertThat(bars.get("entity")).hasSize(4);
        assertThat(bars.get("start")).hasSize(4);
        assertThat(bars.get("level").get(0).asInt()).isEqualTo(4);
        assertThat(ids(timeline.get("groups"))).containsExactly("group");
    }

    @Test
    void aSeriesHasColumnsOfEqualLengthAndKeepsWhatIsAnomalous() throws Exception {
        JsonNode series = client.get("/api/series?entity=web-1&points=3");
        assertThat(series.get("source").asText()).isEqualTo("scores");
        assertThat(series.get("thinned").asBoolean()).isTrue();
        assertThat(series.get("verdict").asText()).hasSize(3).contains("A");
        assertThat(series.get("message").asText()).contains("cannot be read now");
        JsonNode feature = series.get("features").get(0);
        assertThat(feature.get("name").asText()).isEqualTo("cpu");
        assertThat(feature.get("expected")).hasSize(3);
    }

    @Test
    void errorsAreOneSentence() throws Exception {
        assertError("/api/incident?id=none", 404, "There is no incident `none`");
        assertError("/api/incident", 400, "`id` is missing");
        assertError("/api/entity?name=none", 404, "There is no entity `none`");
        assertError("/api/incidents?severity=bad", 400, "must be one of low, medium, high, critical (got bad)");
        assertError("/api/incidents?limit=0", 400, "must be an integer from 1 to 1000 (got 0)");
        assertError("/api/incidents?cursor=x", 400, "must be `next` of an earlier answer");
        assertError("/api/incidents?from=99999999999999999999", 400, "milliseconds since 1970 UTC");
        assertError("/api/timeline?from=5&to=4", 400, "`from` must be before `to`");
        assertError("/api/incidents?q=" + "x".repeat(3_000), 400, "at most 2000 characters");
        assertError("/api/nothing", 404, "There is nothing at /api/nothing");
        assertError("/api/feedback", 405, "The method must be POST");
        HttpResponse<String> response = client.posted("/api/status", null, "{}");
        assertThat(response.statusCode()).isEqualTo(405);
    }

    private static void assertError(String path, int status, String message) throws Exception {
        HttpResponse<String> response = client.response(path, request -> {});
        assertThat(response.statusCode()).as(path + ": " + response.body()).isEqualTo(status);
        assertThat(new ObjectMapper().readTree(response.body()).get("error").asText())
                .contains(message)
                .endsWith(".");
        assertThat(response.headers().firstValue("Content-Security-Policy")).isPresent();
    }

    @Test
    void filesAreThoseOfThePageOnly() throws Exception {
        HttpResponse<String> page = client.response("/timeline", request -> {});
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
                .startsWith("default-src 'none'; script-src 'self'");
        assertThat(page.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
        String tag = page.headers().firstValue("ETag").orElseThrow();
        assertThat(client.response("/", request -> request.header("If-None-Match", tag))
                        .statusCode())
                .isEqualTo(304);
        HttpResponse<String> charts = client.response("/assets/uplot.js", request -> {});
        assertThat(charts.body()).contains("uPlot");
        assertThat(charts.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/javascript");
        assertThat(client.response("/assets/uplot-LICENSE.txt", request -> {}).body())
                .contains("MIT");
        for (String path : List.of(
                "/assets/../Console.class",
                "/assets/..%2fConsole.class",
                "/assets/%2e%2e/Console.class",
                "/assets/..%5cConsole.class",
                "/assets//etc/passwd",
                "/assets/",
                "/assets/index.html%00.js",
                "/../../etc/passwd",
                "/%2e%2e/%2e%2e/etc/passwd")) {
            String answer = raw("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
            assertThat(answer).as(path).matches("(?s)HTTP/1.1 40[04] .*");
        }
    }

    private static String raw(String request) throws IOException {
        URI address = URI.create(console.url());
        try (Socket socket = new Socket(address.getHost(), address.getPort());
                OutputStream out = socket.getOutputStream();
                InputStream in = socket.getInputStream()) {
            out.write(request.getBytes(StandardCharsets.UTF_8));
            out.flush();
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** A page of another site whose name was made to point to this machine. */
    @Test
    void anotherHostIsRefusedOnLoopback() throws Exception {
        String answer = raw("GET /api/status HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n");
        assertThat(answer)
                .startsWith("HTTP/1.1 400")
                .contains("must be localhost")
                .contains("console.hosts")
                .contains("evil.example")
                .doesNotContain("detector");
    }

    @Test
    void answersAreCompressedForThoseWhoTakeIt() throws Exception {
        HttpResponse<byte[]> response = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(console.url()).resolve("/api/incidents"))
                                .header("Accept-Encoding", "gzip")
                                .build(),
                        BodyHandlers.ofByteArray());
        assertThat(response.headers().firstValue("Content-Encoding")).contains("gzip");
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(response.body()))) {
            assertThat(new ObjectMapper().readTree(in).get("total").asLong()).isEqualTo(5);
        }
    }

    @Test
    void aJudgementNeedsTheTokenAndIsChecked() throws Exception {
        String body = "{\"incident\": \"one\", \"verdict\": \"DISMISS\"}";
        assertStatus(client.posted("/api/feedback", null, body), 401, "The token is missing");
        assertStatus(client.posted("/api/feedback", "wrong", body), 401, "The token is wrong");
        assertStatus(client.posted("/api/feedback", TOKEN, "[]"), 400, "must be a JSON object");
        assertStatus(client.posted("/api/feedback", TOKEN, "{"), 400, "must be a JSON object");
        assertStatus(client.posted("/api/feedback", TOKEN, "{\"incident\": 5}"), 400, "`incident` must be a text");
        assertStatus(
                client.posted("/api/feedback", TOKEN, "{\"incident\": \"one\", \"verdict\": \"LIKE\"}"),
                400,
                "must be CONFIRM, DISMISS or WITHDRAW (got LIKE)");
        assertStatus(
                client.posted("/api/feedback", TOKEN, "{\"incident\": \"none\", \"verdict\": \"DISMISS\"}"),
                404,
                "There is no incident `none`");
        String longNote = "{\"incident\": \"one\", \"verdict\": \"DISMISS\", \"note\": \"" + "x".repeat(5_000) + "\"}";
        assertStatus(client.posted("/api/feedback", TOKEN, longNote), 400, "at most 4000 characters");
        assertStatus(client.posted("/api/feedback", TOKEN, " ".repeat(100_000)), 400, "at most 65536 bytes");
        HttpResponse<String> foreign = client.response(
                "/api/feedback",
                request -> request.POST(HttpRequest.BodyPublishers.ofString(body))
                        .header("Content-Type", "application/json")
                        .header("Origin", "http://evil.example")
                        .header("Authorization", "Bearer " + TOKEN));
        assertStatus(foreign, 403, "another site");
        HttpResponse<String> form = client.response(
                "/api/feedback",
                request -> request.POST(HttpRequest.BodyPublishers.ofString(body))
                        .header("Content-Type", "text/plain")
                        .header("Authorization", "Bearer " + TOKEN));
        assertStatus(form, 400, "must be application/json");
    }

    @Test
    void wrongTokensAreLimited() throws Exception {
        Path token = Files.writeString(folder.resolve("other-token"), TOKEN);
        DetectorConfig other = config().with(ConsoleSection.TOKEN_FILE, token.toString())
                .with(ConsoleSection.DIRECTORY, folder.resolve("other").toUri());
        try (Console limited = Console.start(other)) {
            TestingClient caller = new TestingClient(limited.url());
            for (int i = 0; i < 10; i++) {
                assertStatus(caller.posted("/api/feedback", "wrong", "{}"), 401, "The token is wrong");
            }
            HttpResponse<String> refused = caller.posted("/api/feedback", TOKEN, "{}");
            assertStatus(refused, 429, "wait a minute");
            assertThat(Integer.parseInt(
                            refused.headers().firstValue("Retry-After").orElseThrow()))
                    .isBetween(1, 61);
        }
    }

    @Test
    void withoutATokenItOnlyShows() throws Exception {
        DetectorConfig other =
                config().with(ConsoleSection.DIRECTORY, folder.resolve("shown").toUri());
        try (Console shown = Console.start(other)) {
            TestingClient caller = new TestingClient(shown.url());
            assertStatus(caller.posted("/api/feedback", TOKEN, "{}"), 403, "console.tokenFile");
            assertThat(caller.get("/api/status").get("readOnly").asBoolean()).isTrue();
        }
    }

    private static void assertStatus(HttpResponse<String> response, int status, String message) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertThat(response.body()).contains(message);
    }

    @Test
    void aStreamOfAnotherRunIsResetAndAKnownOneGoesOn() throws Exception {
        String id;
        try (TestingClient.Events events = client.events(null)) {
            events.next("status");
            id = events.lastId();
        }
        try (TestingClient.Events events = client.events("other-5")) {
            assertThat(events.next("reset")).isEmpty();
        }
        try (TestingClient.Events events = client.events(id)) {
            assertThat(events.first()).isEqualTo("status");
        }
    }
}
