package dev.noether.console.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.noether.console.http.HttpProblem;
import dev.noether.console.http.HttpReply;
import dev.noether.console.http.HttpRoutes;
import dev.noether.console.store.ConsoleStore;
import dev.noether.console.store.IncidentQueries;
import dev.noether.console.store.StoredIncident;
import dev.noether.flink.config.DetectorConfig;
import dev.noether.flink.judgement.FeedbackEntry;
import dev.noether.flink.judgement.FeedbackException;
import dev.noether.flink.judgement.IncidentVerdict;
import dev.noether.flink.kafka.TopicCheck;
import dev.noether.flink.kafka.TopicException;
import dev.noether.schemas.Incident;
import dev.noether.schemas.IncidentGroup;
import dev.noether.schemas.IncidentKind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/** Writes what people say of incidents to the topic of the feedback. Thread safe. */
final class FeedbackAnswers {
    private static final int AT_ONCE = 4;
    private static final String NOBODY = "console";

    private final DetectorConfig config;
    private final ConsoleStore store;
    private final AccessToken token;
    private final Semaphore places = new Semaphore(AT_ONCE);
    private final ObjectMapper mapper = new ObjectMapper();

    FeedbackAnswers(DetectorConfig config, ConsoleStore store, AccessToken token) {
        this.config = config;
        this.store = store;
        this.token = token;
    }

    /** {@code POST /api/feedback}. */
    HttpReply judge(HttpRoutes.Post post) {
        token.require(post.authorization());
        JsonNode body = parse(post.body().get());
        String id = text(body, "incident");
        if (id == null) {
            throw new HttpProblem(400, "`incident` is missing: the id of the incident.");
        }
        IncidentVerdict verdict = verdict(text(body, "verdict"));
        String author = text(body, "author");
        List<String> lines = write(verdict, author == null ? NOBODY : author, text(body, "note"), id);
        return HttpReply.json(json -> json.texts("lines", lines));
    }

    /** Kafka may take long to answer: few wait for it, and other requests keep their threads. */
    private List<String> write(IncidentVerdict verdict, String author, @Nullable String note, String id) {
        if (!places.tryAcquire()) {
            throw new HttpProblem(503, "Other judgements are being written at this moment; ask again.", 1);
        }
        try {
            return written(verdict, author, note, id);
        } finally {
            places.release();
        }
    }

    private List<String> written(IncidentVerdict verdict, String author, @Nullable String note, String id) {
        try {
            FeedbackEntry entry = new FeedbackEntry(verdict, author, note, null);
            List<Incident> incidents = incidents(id);
            TopicCheck.forFeedback(config);
            return entry.write(config, incidents);
        } catch (FeedbackException e) {
            throw new HttpProblem(status(e), sentence(e));
        } catch (TopicException | KafkaException e) {
            throw new HttpProblem(503, "The judgement is not recorded: " + e.getMessage() + ".");
        }
    }

    private static int status(FeedbackException e) {
        return switch (e.reason()) {
            case NO_INCIDENT -> 404;
            case NOTHING_TO_WITHDRAW -> 409;
            case NOT_ALLOWED -> 400;
        };
    }

    private static String sentence(Exception e) {
        String message = String.valueOf(e.getMessage());
        return Character.toUpperCase(message.charAt(0)) + message.substring(1) + ".";
    }

    /** Returns the incident; of a group also its members, after it. */
    private List<Incident> incidents(String id) {
        List<Incident> found = store.read(connection -> {
            List<Incident> all = new ArrayList<>();
            StoredIncident one = IncidentQueries.get(connection, id);
            if (one != null) {
                all.add(one.incident());
                if (one.incident().kind() == IncidentKind.GROUP) {
                    IncidentQueries.members(connection, id, IncidentGroup.MAX_MEMBERS)
                            .forEach(member -> all.add(member.incident()));
                }
            }
            return all;
        });
        if (found.isEmpty()) {
            throw IncidentAnswers.unknown(id);
        }
        return found;
    }

    private JsonNode parse(byte[] bytes) {
        try {
            JsonNode node = mapper.readTree(bytes);
            if (node != null && node.isObject()) {
                return node;
            }
        } catch (JsonProcessingException e) {
            // The same answer as for JSON of another kind.
        } catch (IOException e) {
            throw new IllegalStateException("memory can be read", e);
        }
        throw new HttpProblem(400, "The content must be a JSON object with `incident` and `verdict`.");
    }

    private static @Nullable String text(JsonNode body, String name) {
        JsonNode node = body.path(name);
        if (node.isMissingNode() || node.isNull()) {
            return null;
        }
        if (!node.isTextual()) {
            throw new HttpProblem(400, "`" + name + "` must be a text.");
        }
        String text = node.asText().strip();
        return text.isEmpty() ? null : text;
    }

    private static IncidentVerdict verdict(@Nullable String text) {
        for (IncidentVerdict verdict : IncidentVerdict.values()) {
            if (verdict.name().equals(text)) {
                return verdict;
            }
        }
        throw new HttpProblem(400, "`verdict` must be CONFIRM, DISMISS or WITHDRAW (got " + text + ").");
    }
}
