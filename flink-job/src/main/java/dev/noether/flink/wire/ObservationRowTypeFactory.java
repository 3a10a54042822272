package dev.noether.flink.wire;

import java.lang.reflect.Type;
import java.util.Map;
import org.apache.flink.api.common.typeinfo.TypeInfoFactory;
import org.apache.flink.api.common.typeinfo.TypeInformation;

/** Lets Flink find the type of {@link ObservationRow} by itself. */
public final class ObservationRowTypeFactory extends TypeInfoFactory<ObservationRow> {
    @Override
    public TypeInformation<ObservationRow> createTypeInfo(Type type, Map<String, TypeInformation<?>> parameters) {
        return WireTypes.OBSERVATION_ROW;
    }
}
