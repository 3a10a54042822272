package dev.noether.console.api;

import dev.noether.console.http.HttpProblem;
import dev.noether.console.http.HttpReply;
import dev.noether.console.http.JsonText;
import dev.noether.console.http.QueryParameters;
import dev.noether.console.store.ConsoleStore;
import dev.noether.console.store.EntityQueries;
import dev.noether.console.store.EntityQueries.Entity;
import dev.noether.console.store.IncidentFilter;
import dev.noether.console.store.IncidentQueries;
import dev.noether.console.store.Page;
import dev.noether.console.store.StoredIncident;
import dev.noether.schemas.ModelRelease;
import java.io.IOException;
import java.util.List;

/** The answers about entities, and the search. Thread safe. */
final class EntityAnswers {
    private static final int MOST = 1_000;
    private static final int USUAL = 100;
    private static final int INCIDENTS = 200;
    private static final int FOUND = 10;
    private static final int MOST_SKIPPED = 10_000_000;

    private final ConsoleStore store;
    private final List<String> features;
    private final ModelAnswers models;

    EntityAnswers(ConsoleStore store, List<String> features, ModelAnswers models) {
        this.store = store;
        this.features = features;
        this.models = models;
    }

    /** {@code GET /api/entities}. */
    HttpReply list(QueryParameters parameters) {
        EventRange range = EventRange.all(parameters);
        EntityQueries.Order order = parameters.constant("order", EntityQueries.Order.class, EntityQueries.Order.ALARMS);
        int limit = parameters.integer("limit", 1, MOST, USUAL);
        int offset = parameters.integer("cursor", 0, MOST_SKIPPED, 0);
        String text = parameters.text("q");
        Page<Entity> page = store.read(
                connection -> EntityQueries.find(connection, text, order, range.from(), range.to(), limit, offset));
        return HttpReply.json(json -> json.objects("entities", page.items(), EntityAnswers::entity)
                .text("next", page.next())
                .integer("total", page.total()));
    }

    private static void entity(JsonText json, Entity entity) throws IOException {
        json.text("entity", entity.name())
                .integerOrNull("lastTime", entity.last())
                .integer("rows", entity.rows())
                .integer("alarms", entity.alarms())
                .integer("open", entity.open())
                .constant("worst", entity.worst());
    }

    /** {@code GET /api/entity}. */
    HttpReply one(QueryParameters parameters) {
        String name = parameters.required("name");
        EventRange range = EventRange.all(parameters);
        Entity entity = store.find(connection -> EntityQueries.get(connection, name, range.from(), range.to()));
        if (entity == null) {
            throw new HttpProblem(404, "There is no entity `" + name + "`.");
        }
        EntityQueries.Alarms counted =
                store.read(connection -> EntityQueries.alarmsOf(connection, name, range.from(), range.to()));
        Page<StoredIncident> incidents = store.read(connection -> IncidentQueries.find(
                connection, IncidentFilter.ofEntity(name, range.from(), range.to()), INCIDENTS, null));
        ModelRelease model = models.inForce();
        return HttpReply.json(json -> json.text("entity", entity.name())
                .integerOrNull("firstTime", entity.first())
                .integerOrNull("lastTime", entity.last())
                .integer("rows", counted.rows())
                .integer("alarms", counted.alarms())
                .number("realisedPerRow", (double) counted.alarms() / counted.rows())
                .number(
                        "promisedPerRow",
                        model == null ? Double.NaN : 1 - model.calibration().quantile())
                .texts("features", features)
                .objects("incidents", incidents.items(), IncidentJson::summary));
    }

    /** {@code GET /api/search}. */
    HttpReply search(QueryParameters parameters) {
        String text = parameters.required("q");
        List<String> names = store.read(connection -> EntityQueries.names(connection, text, FOUND));
        Page<StoredIncident> incidents =
                store.read(connection -> IncidentQueries.find(connection, IncidentFilter.ofText(text), FOUND, null));
        return HttpReply.json(
                json -> json.texts("entities", names).objects("incidents", incidents.items(), IncidentJson::summary));
    }
}
