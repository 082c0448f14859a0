package dev.segue.render.values;

import freemarker.template.SimpleScalar;
import freemarker.template.TemplateCollectionModel;
import freemarker.template.TemplateHashModelEx2;
import freemarker.template.TemplateModel;
import freemarker.template.TemplateModelException;
import freemarker.template.TemplateModelIterator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A map, in its own order. Keys that are no text (YAML's {@code 1:}) are found by the text they print as. */
final class MapModel implements TemplateHashModelEx2 {
    private final Map<String, @Nullable Object> map = new LinkedHashMap<>();

    MapModel(Map<?, ?> map) {
        map.forEach((key, value) -> this.map.put(String.valueOf(key), value));
    }

    @Override
    public @Nullable TemplateModel get(String key) throws TemplateModelException {
        return Models.INSTANCE.wrap(map.get(key));
    }

    @Override
    public boolean isEmpty() {
        return map.isEmpty();
    }

    @Override
    public int size() {
        return map.size();
    }

    @Override
    public TemplateCollectionModel keys() {
        return () -> over(map.keySet().iterator());
    }

    @Override
    public TemplateCollectionModel values() {
        return () -> over(map.values().iterator());
    }

    @Override
    public KeyValuePairIterator keyValuePairIterator() {
        Iterator<Map.Entry<String, @Nullable Object>> entries = map.entrySet().iterator();
        return new KeyValuePairIterator() {
            @Override
            public boolean hasNext() {
                return entries.hasNext();
            }

            @Override
            public KeyValuePair next() {
                return pair(entries.next());
            }
        };
    }

    private static KeyValuePair pair(Map.Entry<String, @Nullable Object> entry) {
        return new KeyValuePair() {
            @Override
            public TemplateModel getKey() {
                return new SimpleScalar(entry.getKey());
            }

            @Override
            public @Nullable TemplateModel getValue() throws TemplateModelException {
                return Models.INSTANCE.wrap(entry.getValue());
            }
        };
    }

    private static TemplateModelIterator over(Iterator<?> values) {
        return new TemplateModelIterator() {
            @Override
            public boolean hasNext() {
                return values.hasNext();
            }

            @Override
            public @Nullable TemplateModel next() throws TemplateModelException {
                return Models.INSTANCE.wrap(values.next());
            }
        };
    }
}
