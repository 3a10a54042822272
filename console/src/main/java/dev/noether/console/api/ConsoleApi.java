package dev.noether.console.api;

import dev.noether.console.follow.FollowListener;
import dev.noether.console.follow.TopicFollowers;
import dev.noether.console.http.EventStreams;
import dev.noether.console.http.HttpRoutes;
import dev.noether.console.http.JsonText;
import dev.noether.console.store.ConsoleStore;
import dev.noether.console.store.FeedbackEvent;
import dev.noether.console.store.IncidentQueries;
import dev.noether.console.store.StoredIncident;
import dev.noether.flink.config.DetectorConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** All answers of the console, and the events that its pages get. Thread safe. */
public final class ConsoleApi implements FollowListener, AutoCloseable {
    private final DetectorConfig config;
    private final ConsoleStore store;
    private final ModelAnswers models;
    private final AccessToken token;
    private final AtomicBoolean hasMuchChanged = new AtomicBoolean();
    private final EventStreams streams;
    private final HttpRoutes routes;
    private final FlinkState flink;
    private final SeriesAnswers series;

    private volatile @Nullable StatusAnswers status;

    /**
     * Makes the answers, which need {@link #begin} before the first request.
     *
     * @param token file of the token; null if nobody may judge
     */
    public ConsoleApi(DetectorConfig config, ConsoleStore store, @Nullable Path token) {
        this.config = config;
        this.store = store;
        this.models = new ModelAnswers(store, config.detector());
        this.flink = new FlinkState(config);
        this.token = new AccessToken(token, System::nanoTime);
        this.streams = new EventStreams(() -> requireStatus().json());
        IncidentAnswers incidents = new IncidentAnswers(store, models);
        EntityAnswers entities = new EntityAnswers(store, config.features().names(), models);
        TimelineAnswers timeline = new TimelineAnswers(store);
        this.series = new SeriesAnswers(config, store, () -> requireStatus().isKafkaAway());
        this.routes = new HttpRoutes(
                Map.ofEntries(
                        Map.entry("/healthz", parameters -> requireStatus().health(parameters)),
                        Map.entry("/api/status", parameters -> requireStatus().status(parameters)),
                        Map.entry("/api/incidents", incidents::list),
                        Map.entry("/api/incident", incidents::one),
                        Map.entry("/api/series", series::series),
                        Map.entry("/api/entities", entities::list),
                        Map.entry("/api/entity", entities::one),
                        Map.entry("/api/timeline", timeline::timeline),
                        Map.entry("/api/models", models::all),
                        Map.entry("/api/search", entities::search)),
                Map.of("/api/feedback", new FeedbackAnswers(config, store, this.token)::judge),
                Set.of("/api/series", "/api/timeline"),
                "/api/stream");
    }

    /** Makes the state of the followers known. */
    public void begin(TopicFollowers followers) {
        status = new StatusAnswers(config, store, followers, models, flink, !token.isSet());
    }

    private StatusAnswers requireStatus() {
        StatusAnswers current = status;
        if (current == null) {
            throw new IllegalStateException("the followers are not known yet");
        }
        return current;
    }

    /** Returns what the server answers. */
    public HttpRoutes routes() {
        return routes;
    }

    /** Returns the streams of events. */
    public EventStreams streams() {
        return streams;
    }

    /** Sends each page the state; must be called every two seconds. */
    public void tick() {
        if (hasMuchChanged.getAndSet(false)) {
            streams.reset();
        }
        streams.sendStatus();
    }

    /** Asks Flink for the state of the job. */
    public void askFlink() throws InterruptedException {
        flink.ask();
    }

    @Override
    public void incidentsChanged(List<String> ids) {
        for (String id : ids) {
            StoredIncident incident = store.find(connection -> IncidentQueries.get(connection, id));
            if (incident != null) {
                streams.send("incident", JsonText.object(json -> IncidentJson.summary(json, incident)));
            }
        }
    }

    @Override
    public void judged(FeedbackEvent feedback) {
        streams.send("feedback", JsonText.object(json -> feedback(json, feedback)));
    }

    private static void feedback(JsonText json, FeedbackEvent feedback) throws IOException {
        json.text("incident", feedback.incident())
                .constant("verdict", feedback.verdict())
                .text("author", feedback.author())
                .integer("time", feedback.time());
    }

    @Override
    public void modelsChanged() {
        streams.send("model", new byte[] {'{', '}'});
    }

    @Override
    public void close() {
        streams.close();
        series.close();
    }

    @Override
    public void muchChanged() {
        hasMuchChanged.set(true);
    }
}
