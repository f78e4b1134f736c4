"""What all programme data is made of."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

Percent = Annotated[int, Field(ge=0, le=100)]


class Model(BaseModel):
    """The base of all programme data: frozen, and closed to unknown fields."""

    model_config = ConfigDict(frozen=True, extra="forbid")
