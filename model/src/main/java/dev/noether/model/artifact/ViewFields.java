package dev.noether.model.artifact;

import dev.noether.model.alarm.AlarmView;
import dev.noether.model.alarm.JointAlarm;
import dev.noether.model.alarm.ParetoTail;
import dev.noether.model.alarm.ViewTail;
import dev.noether.model.count.CountLaw;
import dev.noether.model.count.CountLaws;
import dev.noether.model.exceedance.ExceedanceLaw;
import dev.noether.model.exceedance.ExceedanceLevel;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;

/**
 * Writes and reads the rare counts, the limits of deviating features and the alarm views in the record of an artifact. Formats before
 * 4 have none, and those before 5 no limits of deviating features.
 */
final class ViewFields {
    private static final String COUNTS = "rareCounts";
    private static final String EXCEEDANCES = "exceedanceLevels";
    private static final String VIEWS = "alarmViews";
    private static final String ROW = "ROW";

    private ViewFields() {}

    static void putCounts(GenericRecord record, CountLaws counts) {
        Schema schema = elements(record, COUNTS);
        record.put(COUNTS, counts.laws().stream().map(law -> law(schema, law)).toList());
    }

    private static GenericRecord law(Schema schema, CountLaw law) {
        GenericRecord record = new GenericData.Record(schema);
        record.put("feature", law.feature());
        record.put("usual", law.usual());
        record.put("step", law.step());
        record.put("rate", law.rate());
        record.put("meanSteps", law.meanSteps());
        record.put("spread", law.spread());
        record.put("shape", law.shape());
        return record;
    }

    static CountLaws getCounts(GenericRecord record) {
        return new CountLaws(((List<?>) record.get(COUNTS))
                .stream().map(item -> law((GenericRecord) item)).toList());
    }

    private static CountLaw law(GenericRecord law) {
        return new CountLaw(
                (Integer) law.get("feature"),
                (Float) law.get("usual"),
                (Float) law.get("step"),
                (Float) law.get("rate"),
                (Float) law.get("meanSteps"),
                (Float) law.get("spread"),
                (Float) law.get("shape"));
    }

    static void putExceedances(GenericRecord record, ExceedanceLaw law) {
        Schema schema = elements(record, EXCEEDANCES);
        List<GenericRecord> levels = new ArrayList<>();
        for (ExceedanceLevel level : law.levels()) {
            GenericRecord entry = new GenericData.Record(schema);
            entry.put("share", level.share());
            entry.put("dispersion", level.dispersion());
            FloatBytes.put(entry, "limits", level.limits());
            levels.add(entry);
        }
        record.put(EXCEEDANCES, levels);
    }

    static ExceedanceLaw getExceedances(GenericRecord record) {
        List<ExceedanceLevel> levels = new ArrayList<>();
        for (Object item : (List<?>) record.get(EXCEEDANCES)) {
            GenericRecord entry = (GenericRecord) item;
            levels.add(new ExceedanceLevel(
                    (Float) entry.get("share"), (Float) entry.get("dispersion"), FloatBytes.get(entry, "limits")));
        }
        return levels.isEmpty() ? ExceedanceLaw.NONE : new ExceedanceLaw(levels);
    }

    static void putViews(GenericRecord record, JointAlarm views) {
        Schema schema = elements(record, VIEWS);
        List<GenericRecord> tails = new ArrayList<>();
        ViewTail row = views.row();
        if (row != null) {
            tails.add(tail(schema, ROW, row));
        }
        views.views().forEach((view, tail) -> tails.add(tail(schema, view.name(), tail)));
        record.put(VIEWS, tails);
    }

    private static GenericRecord tail(Schema schema, String view, ViewTail tail) {
        GenericRecord record = new GenericData.Record(schema);
        record.put("view", new GenericData.EnumSymbol(schema.getField("view").schema(), view));
        record.put("budgetShare", tail.budgetShare());
        record.put("location", tail.location());
        record.put("scale", tail.scale());
        record.put("shape", tail.tail().shape());
        return record;
    }

    static JointAlarm getViews(GenericRecord record) {
        @Nullable ViewTail row = null;
        Map<AlarmView, ViewTail> views = new EnumMap<>(AlarmView.class);
        for (Object item : (List<?>) record.get(VIEWS)) {
            GenericRecord entry = (GenericRecord) item;
            String view = entry.get("view").toString();
            ViewTail tail = new ViewTail(
                    (Double) entry.get("budgetShare"),
                    (Double) entry.get("location"),
                    (Double) entry.get("scale"),
                    new ParetoTail((Double) entry.get("shape")));
            if (view.equals(ROW)) {
                row = tail;
            } else {
                views.put(AlarmView.valueOf(view), tail);
            }
        }
        if (row == null && !views.isEmpty()) {
            throw new IllegalArgumentException(
                    "the alarm views must have the tail of the rows (got " + views.keySet() + ")");
        }
        return row == null ? JointAlarm.NONE : JointAlarm.of(row, views);
    }

    private static Schema elements(GenericRecord record, String field) {
        return record.getSchema().getField(field).schema().getElementType();
    }
}
