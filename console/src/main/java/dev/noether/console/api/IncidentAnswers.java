package dev.noether.console.api;

import dev.noether.console.http.HttpProblem;
import dev.noether.console.http.HttpReply;
import dev.noether.console.http.JsonText;
import dev.noether.console.http.QueryParameters;
import dev.noether.console.store.ConsoleStore;
import dev.noether.console.store.FeedbackEvent;
import dev.noether.console.store.IncidentFilter;
import dev.noether.console.store.IncidentFilter.FeedbackState;
import dev.noether.console.store.IncidentQueries;
import dev.noether.console.store.Page;
import dev.noether.console.store.StoreConnection;
import dev.noether.console.store.StoredIncident;
import dev.noether.schemas.BreakShape;
import dev.noether.schemas.IncidentKind;
import dev.noether.schemas.ModelRelease;
import dev.noether.schemas.Severity;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The answers about incidents. Thread safe. */
final class IncidentAnswers {
    private static final int MOST = 1_000;
    private static final int USUAL = 100;
    private static final int MEMBERS = 200;
    private static final int SIMILAR = 10;

    private final ConsoleStore store;
    private final ModelAnswers models;

    IncidentAnswers(ConsoleStore store, ModelAnswers models) {
        this.store = store;
        this.models = models;
    }

    private enum State {
        OPEN,
        RESOLVED,
        ALL
    }

    /** {@code GET /api/incidents}. */
    HttpReply list(QueryParameters parameters) {
        State state = parameters.constant("state", State.class, State.ALL);
        IncidentFilter filter = new IncidentFilter(
                state == State.ALL ? null : state == State.OPEN,
                parameters.time("from"),
                parameters.time("to"),
                parameters.constants("severity", Severity.class),
                parameters.constants("kind", IncidentKind.class),
                parameters.constants("shape", BreakShape.class),
                parameters.text("entity"),
                parameters.text("group"),
                parameters.constantOrNull("feedback", FeedbackState.class),
                parameters.text("q"));
        int limit = parameters.integer("limit", 1, MOST, USUAL);
        Page<StoredIncident> page = page(filter, limit, parameters.text("cursor"));
        return HttpReply.json(json -> json.objects("incidents", page.items(), IncidentJson::summary)
                .text("next", page.next())
                .integer("total", page.total()));
    }

    private Page<StoredIncident> page(IncidentFilter filter, int limit, @Nullable String cursor) {
        try {
            return store.read(connection -> IncidentQueries.find(connection, filter, limit, cursor));
        } catch (IllegalArgumentException e) {
            throw new HttpProblem(400, String.valueOf(e.getMessage()) + ".");
        }
    }

    /** All that belongs to one incident. */
    private record Details(
            StoredIncident incident,
            List<IncidentQueries.Report> history,
            List<FeedbackEvent> feedback,
            List<StoredIncident> members,
            List<StoredIncident> similar) {}

    /** {@code GET /api/incident}. */
    HttpReply one(QueryParameters parameters) {
        String id = parameters.required("id");
        Details details = details(id);
        ModelRelease model = models.find(details.incident.incident().peak());
        return HttpReply.json(json -> {
            json.object("incident", item -> IncidentJson.full(item, details.incident));
            json.objects("history", details.history, IncidentAnswers::report);
            json.objects("feedback", details.feedback, IncidentAnswers::feedback);
            json.objects("memberIncidents", details.members, IncidentJson::summary);
            json.objects("similar", details.similar, IncidentJson::summary);
            if (model == null) {
                json.nothing("model");
            } else {
                json.object("model", item -> models.write(item, model));
            }
        });
    }

    private Details details(String id) {
        Details details = store.find(connection -> {
            StoredIncident incident = IncidentQueries.get(connection, id);
            return incident == null
                    ? null
                    : new Details(
                            incident,
                            IncidentQueries.history(connection, incident.key()),
                            IncidentQueries.feedback(connection, id),
                            members(connection, incident),
                            IncidentQueries.similar(connection, incident, SIMILAR));
        });
        if (details == null) {
            throw unknown(id);
        }
        return details;
    }

    private static List<StoredIncident> members(StoreConnection connection, StoredIncident incident)
            throws SQLException {
        return incident.incident().kind() == IncidentKind.GROUP
                ? IncidentQueries.members(connection, incident.incident().id(), MEMBERS)
                : List.of();
    }

    static HttpProblem unknown(String id) {
        return new HttpProblem(
                404, "There is no incident `" + id + "`; it is not in the topic, or older than console.retention.");
    }

    private static void report(JsonText json, IncidentQueries.Report report) throws IOException {
        json.constant("state", report.state())
                .integer("time", report.time())
                .constant("severity", report.severity())
                .text("description", report.description());
    }

    private static void feedback(JsonText json, FeedbackEvent feedback) throws IOException {
        json.constant("verdict", feedback.verdict())
                .integer("time", feedback.time())
                .text("author", feedback.author())
                .text("comment", feedback.comment());
    }
}
