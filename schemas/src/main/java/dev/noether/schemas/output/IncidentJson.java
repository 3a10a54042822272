package dev.noether.schemas.output;

import dev.noether.schemas.BreakShape;
import dev.noether.schemas.Cause;
import dev.noether.schemas.Diagnosis;
import dev.noether.schemas.Incident;
import dev.noether.schemas.IncidentGroup;
import dev.noether.schemas.IncidentIdentity;
import dev.noether.schemas.IncidentKind;
import dev.noether.schemas.IncidentPeak;
import dev.noether.schemas.IncidentState;
import dev.noether.schemas.IncidentTimes;
import dev.noether.schemas.Score;
import dev.noether.schemas.Severity;
import dev.noether.schemas.ShapeFinding;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Incidents as JSON. */
final class IncidentJson extends JsonCodec<Incident> {
    /** Greatest size of the members of a group, bytes: that of Avro, with quotation marks and commas. */
    static final long MAX_MEMBER_BYTES = IncidentGroup.MAX_MEMBER_BYTES + 3L * IncidentGroup.MAX_MEMBERS;

    private static final int SEPARATORS = 3;
    private static final IncidentKind[] KINDS = IncidentKind.values();
    private static final IncidentState[] STATES = IncidentState.values();
    private static final Severity[] SEVERITIES = Severity.values();
    private static final BreakShape[] SHAPES = BreakShape.values();

    @Override
    void write(Incident incident, JsonWriter out) throws IOException {
        out.text("detector", incident.identity().detector());
        out.text("id", incident.id());
        out.text("entity", incident.entity());
        out.constant("kind", incident.kind());
        out.constant("state", incident.state());
        out.constant("severity", incident.severity());
        out.time("start", incident.start());
        out.time("end", incident.end());
        out.time("time", incident.time());
        IncidentPeak peak = incident.peak();
        out.number("peakScore", peak.score());
        out.time("peakTime", peak.time());
        out.number("pValue", peak.pValue());
        out.number("threshold", peak.threshold());
        out.integer("count", incident.count());
        FeatureJson.writeCauses(incident.diagnosis().causes(), out);
        out.constant("shape", incident.diagnosis().shape());
        out.text("description", incident.description());
        out.texts("members", listed(incident.group().members()));
        out.integer("memberCount", incident.group().memberCount());
        out.text("group", incident.group().id());
        out.text("suppressed", incident.suppressed());
        out.integer("modelVersion", peak.modelVersion(), Score.NO_MODEL);
        FeatureJson.writeFinding(incident.diagnosis().shapeFinding(), out);
        out.text("modelHash", peak.modelHash());
    }

    /**
     * The first members, as many as fit: a record that the topic refuses would be refused again after each restart. Only
     * names with many quotation marks or control characters are longer than in Avro.
     */
    private static List<String> listed(List<String> members) {
        long bytes = 0;
        for (int i = 0; i < members.size(); i++) {
            bytes += JsonText.bytes(members.get(i)) + SEPARATORS;
            if (bytes > MAX_MEMBER_BYTES) {
                return members.subList(0, i);
            }
        }
        return members;
    }

    @Override
    Incident read(JsonReader in) throws IOException {
        Draft draft = new Draft();
        for (String name = in.next(); name != null; name = in.next()) {
            draft.take(name, in);
        }
        return draft.incident();
    }

    /** The properties that were read so far. */
    private static final class Draft {
        private @Nullable String detector;
        private @Nullable String id;
        private @Nullable String entity;
        private @Nullable IncidentKind kind;
        private @Nullable IncidentState state;
        private @Nullable Severity severity;
        private long start = JsonReader.ABSENT;
        private long end = JsonReader.ABSENT;
        private long time = JsonReader.ABSENT;
        private double peakScore = Double.NaN;
        private long peakTime = JsonReader.ABSENT;
        private double pValue = Double.NaN;
        private double threshold = Double.NaN;
        private long count = JsonReader.ABSENT;
        private List<Cause> causes = List.of();
        private @Nullable BreakShape shape;
        private @Nullable String description;
        private List<String> members = List.of();
        private int memberCount;
        private @Nullable String group;
        private @Nullable String suppressed;
        private long modelVersion = Score.NO_MODEL;
        private @Nullable ShapeFinding finding;
        private @Nullable String modelHash;

        void take(String name, JsonReader in) throws IOException {
            switch (name) {
                case "detector" -> detector = in.text();
                case "id" -> id = in.text();
                case "entity" -> entity = in.text();
                case "kind" -> kind = in.constant(KINDS, IncidentKind.OTHER);
                case "state" -> state = in.constant(STATES, null);
                case "severity" -> severity = in.constant(SEVERITIES, Severity.LOW);
                case "start" -> start = in.time();
                case "end" -> end = in.time();
                case "time" -> time = in.time();
                case "peakScore" -> peakScore = in.number();
                case "peakTime" -> peakTime = in.time();
                case "pValue" -> pValue = in.number();
                case "threshold" -> threshold = in.number();
                case "count" -> count = in.integer();
                case "causes" -> causes = in.items(FeatureJson::readCause);
                case "shape" -> shape = in.constant(SHAPES, BreakShape.UNKNOWN);
                case "description" -> description = in.text();
                case "members" -> members = in.texts();
                case "memberCount" -> memberCount = in.small(name);
                case "group" -> group = in.text();
                case "suppressed" -> suppressed = in.text();
                case "modelVersion" -> modelVersion = in.integer(Score.NO_MODEL);
                case "shapeFinding" -> finding = in.object(FeatureJson::readFinding);
                case "modelHash" -> modelHash = in.text();
                default -> in.skip();
            }
        }

        Incident incident() {
            IncidentPeak peak = new IncidentPeak(
                    peakScore, JsonReader.present("peakTime", peakTime), pValue, threshold, modelVersion, modelHash);
            Diagnosis diagnosis = new Diagnosis(
                    causes,
                    JsonReader.present("shape", shape),
                    JsonReader.present("description", description),
                    finding);
            return new Incident(
                    identity(),
                    JsonReader.present("state", state),
                    JsonReader.present("severity", severity),
                    times(),
                    peak,
                    JsonReader.present("count", count),
                    diagnosis,
                    new IncidentGroup(group, members, memberCount),
                    suppressed);
        }

        private IncidentIdentity identity() {
            return new IncidentIdentity(
                    JsonReader.present("detector", detector),
                    JsonReader.present("id", id),
                    JsonReader.present("entity", entity),
                    JsonReader.present("kind", kind));
        }

        private IncidentTimes times() {
            return new IncidentTimes(
                    JsonReader.present("start", start),
                    JsonReader.present("end", end),
                    JsonReader.present("time", time));
        }
    }
}
