package dev.noether.flink.source.otlp;

import static dev.noether.flink.source.otlp.ProtoInput.BYTES;
import static dev.noether.flink.source.otlp.ProtoInput.FIXED64;
import static dev.noether.flink.source.otlp.ProtoInput.VARINT;
import static dev.noether.flink.source.otlp.ProtoInput.tag;

import dev.noether.flink.source.field.FieldValues;
import dev.noether.flink.source.field.TextCache;
import dev.noether.schemas.MalformedRecordException;
import java.util.List;

/**
 * Reads the metrics of OpenTelemetry: {@code MetricsData}, which is encoded like {@code ExportMetricsServiceRequest}, as
 * protocol buffers. It follows the messages without building objects. What describes the values of a message may stand
 * behind them, such as the temporality of a sum, so a message is gone through twice; the first time its values are
 * skipped. Not thread safe.
 */
public final class OtlpReader {
    private static final int FIRST = tag(1, BYTES);
    private static final int SECOND = tag(2, BYTES);
    private static final int THIRD = tag(3, BYTES);
    private static final int TEMPORALITY = tag(2, VARINT);
    private static final int MONOTONIC = tag(3, VARINT);
    private static final int TIME = tag(3, FIXED64);
    private static final int DELTA = 1;
    private static final int NO_RECORDED_VALUE = 1;

    private final TextCache texts = new TextCache();
    private final OtlpAttributes attributes;
    private final ProtoInput in = new ProtoInput();
    private final FieldValues ofResource;
    private final FieldValues ofScope;
    private final FieldValues ofPoint;
    private final OtlpPoint point = new OtlpPoint();

    /**
     * Makes a reader.
     *
     * @param labels {@code [slots]}, names of the wanted attributes
     */
    public OtlpReader(List<String> labels) {
        attributes = new OtlpAttributes(labels, texts);
        ofResource = new FieldValues(labels.size());
        ofScope = new FieldValues(labels.size());
        ofPoint = new FieldValues(labels.size());
    }

    /** Returns a reader that keeps all labels, for {@link FieldValues#rememberedLabels}. */
    public static OtlpReader ofAllLabels() {
        OtlpReader reader = new OtlpReader(List.of());
        reader.ofResource.rememberLabels();
        reader.ofScope.rememberLabels();
        reader.ofPoint.rememberLabels();
        return reader;
    }

    /**
     * Reads a record.
     *
     * @param bytes array with the record
     * @param length number of its bytes
     * @throws MalformedRecordException if they are no metrics, perhaps after some data points
     */
    public void read(byte[] bytes, int length, OtlpReceiver receiver) throws MalformedRecordException {
        if (length > 0 && (bytes[0] == '{' || bytes[0] == '[')) {
            throw ProtoInput.damaged("it looks like JSON; set `source.format: otlp-json`");
        }
        in.reset(bytes, 0, length);
        while (in.next()) {
            if (in.tag() == FIRST) {
                readResourceMetrics(receiver);
            } else {
                in.skip();
            }
        }
    }

    private void readResourceMetrics(OtlpReceiver receiver) throws MalformedRecordException {
        int outer = in.enter();
        int start = in.position();
        ofResource.clear();
        while (in.next()) {
            if (in.tag() == FIRST) {
                readAttributes(FIRST, ofResource);
            } else {
                in.skip();
            }
        }
        in.goTo(start);
        while (in.next()) {
            if (in.tag() == SECOND) {
                readScopeMetrics(receiver);
            } else {
                in.skip();
            }
        }
        in.leave(outer);
    }

    private void readScopeMetrics(OtlpReceiver receiver) throws MalformedRecordException {
        int outer = in.enter();
        int start = in.position();
        ofScope.copyFrom(ofResource);
        while (in.next()) {
            if (in.tag() == FIRST) {
                readAttributes(THIRD, ofScope);
            } else {
                in.skip();
            }
        }
        in.goTo(start);
        while (in.next()) {
            if (in.tag() == SECOND) {
                readMetric(receiver);
            } else {
                in.skip();
            }
        }
        in.leave(outer);
    }

    /** Reads the attributes of a resource or a scope. The name of a scope is a label too. */
    private void readAttributes(int field, FieldValues labels) throws MalformedRecordException {
        int outer = in.enter();
        while (in.next()) {
            if (in.tag() == field) {
                attributes.read(in, labels);
            } else if (field == THIRD && in.tag() == FIRST) {
                labels.addLabel("otel.scope.name", attributes.text(in));
            } else {
                in.skip();
            }
        }
        in.leave(outer);
    }

    private void readMetric(OtlpReceiver receiver) throws MalformedRecordException {
        int outer = in.enter();
        int start = in.position();
        String name = "";
        while (in.next()) {
            if (in.tag() == FIRST) {
                name = attributes.text(in);
            } else {
                in.skip();
            }
        }
        if (receiver.startMetric(name)) {
            in.goTo(start);
            while (in.next()) {
                OtlpShape shape = OtlpShape.of(in.tag());
                if (shape == null) {
                    in.skip();
                } else {
                    readData(shape, receiver);
                }
            }
        }
        in.leave(outer);
    }

    private void readData(OtlpShape shape, OtlpReceiver receiver) throws MalformedRecordException {
        int outer = in.enter();
        int start = in.position();
        boolean isDelta = false;
        boolean isMonotonic = shape != OtlpShape.GAUGE && shape != OtlpShape.SUM;
        while (in.next()) {
            if (in.tag() == TEMPORALITY) {
                isDelta = in.readVarint() == DELTA;
            } else if (in.tag() == MONOTONIC) {
                isMonotonic = in.readVarint() != 0;
            } else {
                in.skip();
            }
        }
        in.goTo(start);
        while (in.next()) {
            if (in.tag() == FIRST) {
                point.setNature(isDelta, isMonotonic);
                readPoint(shape, receiver);
            } else {
                in.skip();
            }
        }
        in.leave(outer);
    }

    private void readPoint(OtlpShape shape, OtlpReceiver receiver) throws MalformedRecordException {
        int outer = in.enter();
        point.clear();
        shape.setDefaults(point);
        ofPoint.copyFrom(ofScope);
        long flags = 0;
        while (in.next()) {
            int tag = in.tag();
            if (tag == shape.attributes()) {
                attributes.read(in, ofPoint);
            } else if (tag == TIME) {
                point.setTime(in.readFixed64());
            } else if (tag == shape.flags()) {
                flags = in.readVarint();
            } else {
                shape.readNumber(in, point);
            }
        }
        in.leave(outer);
        if ((flags & NO_RECORDED_VALUE) == 0) {
            receiver.point(point, ofPoint);
        }
    }
}
