// Force-included into better-sqlite3 when it is built for Node-API 9, whose references hold objects only
// (references to strings came with version 10): the string rides in a one-element array.
#pragma once
#include <napi.h>

namespace Napi {

template <>
class Reference<String> {
 public:
  static Reference New(const String& value, uint32_t = 1) {
    Array box = Array::New(value.Env(), 1);
    box.Set(uint32_t{0}, value);
    Reference made;
    made.box_ = ObjectReference::New(box, 1);
    return made;
  }

  Reference() = default;
  Reference(Reference&&) = default;
  Reference& operator=(Reference&&) = default;

  Napi::Env Env() const { return box_.Env(); }
  bool IsEmpty() const { return box_.IsEmpty(); }
  String Value() const { return box_.Get(uint32_t{0}).As<String>(); }
  void Reset() { box_.Reset(); }
  void Reset(const String& value, uint32_t = 1) { *this = New(value); }

 private:
  ObjectReference box_;
};

}  // namespace Napi
