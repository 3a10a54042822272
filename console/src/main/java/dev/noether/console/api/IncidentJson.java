package dev.noether.console.api;

import dev.noether.console.http.JsonText;
import dev.noether.console.store.StoredIncident;
import dev.noether.schemas.Cause;
import dev.noether.schemas.Incident;
import dev.noether.schemas.Score;
import dev.noether.schemas.ShapeFinding;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Incidents as JSON. Stateless; thread safe. */
final class IncidentJson {
    private static final int SUMMARY_CAUSES = 3;
    private static final int MOST_MEMBERS = 1_000;

    private IncidentJson() {}

    /** Writes the properties of a summary. */
    static void summary(JsonText json, StoredIncident stored) throws IOException {
        common(json, stored);
        List<Cause> causes = stored.incident().diagnosis().causes();
        json.objects(
                "causes",
                causes.subList(0, Math.min(SUMMARY_CAUSES, causes.size())),
                (item, cause) -> item.text("feature", cause.feature()).single("deviation", cause.deviation()));
    }

    private static void common(JsonText json, StoredIncident stored) throws IOException {
        Incident incident = stored.incident();
        json.text("id", incident.id())
                .text("entity", incident.entity())
                .constant("kind", incident.kind())
                .constant("state", incident.state())
                .constant("severity", incident.severity())
                .integer("start", incident.start())
                .integer("end", incident.end())
                .integer("time", incident.time())
                .number("peakScore", incident.peak().score())
                .number("threshold", incident.peak().threshold())
                .number("pValue", incident.peak().pValue())
                .integer("count", incident.count())
                .constant("shape", incident.diagnosis().shape())
                .text("description", incident.description())
                .integer("memberCount", incident.group().memberCount())
                .text("group", incident.group().id())
                .text("suppressed", incident.suppressed())
                .constant("feedback", stored.feedback())
                .integerOrNull("modelVersion", version(incident));
    }

    private static @Nullable Long version(Incident incident) {
        long version = incident.peak().modelVersion();
        return version == Score.NO_MODEL ? null : version;
    }

    /** Writes all that is known of an incident. */
    static void full(JsonText json, StoredIncident stored) throws IOException {
        common(json, stored);
        Incident incident = stored.incident();
        json.integer("peakTime", incident.peak().time());
        json.objects("causes", incident.diagnosis().causes(), IncidentJson::cause);
        ShapeFinding finding = incident.diagnosis().shapeFinding();
        if (finding == null) {
            json.nothing("shapeFinding");
        } else {
            json.object("shapeFinding", item -> finding(item, finding));
        }
        json.text("modelHash", incident.peak().modelHash());
        List<String> members = incident.group().members();
        json.texts("members", members.subList(0, Math.min(MOST_MEMBERS, members.size())));
    }

    private static void cause(JsonText json, Cause cause) throws IOException {
        json.text("feature", cause.feature())
                .single("deviation", cause.deviation())
                .single("observed", cause.observed())
                .single("expected", cause.expected())
                .single("usualLow", cause.usualLow())
                .single("usualHigh", cause.usualHigh());
    }

    private static void finding(JsonText json, ShapeFinding finding) throws IOException {
        json.text("feature", finding.feature())
                .constant("kind", finding.kind())
                .single("deviations", finding.deviations())
                .single("error", finding.error())
                .integer("periodRows", finding.periodRows())
                .integer("windowRows", finding.windowRows())
                .integer("brokenFrom", finding.brokenFrom())
                .integer("brokenTo", finding.brokenTo());
    }
}
